package dev.hyperflow.training.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.hyperflow.training.network.Parameters;
import dev.hyperflow.training.tensor.DjlTensors;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Evaluates losses on PyTorch; native memory lives for one evaluation. */
final class Gradients {

  private Gradients() {}

  /**
   * A loss and its gradient.
   *
   * @param into receives one number per parameter
   * @param loss makes a scalar
   * @throws TrainingException if memory does not suffice
   */
  static float of(Parameters parameters, Function<DjlTensors, NDArray> loss, float[] into) {
    try (NDManager manager = PyTorch.manager();
        GradientCollector recording = PyTorch.recording()) {
      DjlTensors t = new DjlTensors(manager, parameters, true);
      NDArray value = loss.apply(t);
      recording.backward(value);
      for (Map.Entry<String, NDArray> used : t.parametersUsed().entrySet()) {
        try (NDArray gradient = used.getValue().getGradient()) {
          float[] values = gradient.toFloatArray();
          System.arraycopy(values, 0, into, parameters.offset(used.getKey()), values.length);
        }
      }
      return value.getFloat();
    } catch (EngineException e) {
      throw explained(e);
    }
  }

  /**
   * Values without a gradient.
   *
   * @param values makes a tensor
   * @throws TrainingException if memory does not suffice
   */
  static float[] values(Parameters parameters, Function<DjlTensors, NDArray> values) {
    try (NDManager manager = PyTorch.manager()) {
      return values.apply(new DjlTensors(manager, parameters, false)).toFloatArray();
    } catch (EngineException e) {
      throw explained(e);
    }
  }

  private static RuntimeException explained(EngineException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("memory") || message.contains("alloc") ? outOfMemory(e) : e;
  }

  /** What to do when memory does not suffice. */
  static TrainingException outOfMemory(Throwable cause) {
    return new TrainingException(
        "memory: expected enough for a batch, found none left;"
            + " try a smaller --batch, fewer --ways or --shots, or HYPERFLOW_JAVA_OPTS=-Xmx8g",
        cause);
  }
}
