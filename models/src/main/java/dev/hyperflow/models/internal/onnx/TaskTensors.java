package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.SupportSet;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A batch of tasks, padded and laid out as model inputs. Owns its tensors and buffers until {@link
 * #close()}; used by one thread.
 */
final class TaskTensors implements AutoCloseable {

  private static final float[] ZEROS = new float[4096];

  private final OrtEnvironment environment;
  private final DirectBuffers buffers;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final List<FloatBuffer> acquired = new ArrayList<>();

  private TaskTensors(OrtEnvironment environment, DirectBuffers buffers) {
    this.environment = environment;
    this.buffers = buffers;
  }

  /** Lays out tasks that all fit the shape. */
  static TaskTensors of(
      List<SupportSet> tasks, TaskShape shape, OrtEnvironment environment, DirectBuffers buffers) {
    TaskTensors tensors = new TaskTensors(environment, buffers);
    try {
      int b = tasks.size();
      int m = shape.examples();
      int n = shape.labels();
      tensors.add(
          FlowContract.SUPPORT,
          into -> tasks.forEach(task -> putSupport(task, shape, into)),
          b,
          m,
          shape.dimension());
      tensors.add(
          FlowContract.MEMBERSHIP,
          into -> tasks.forEach(task -> putMembership(task, shape, into)),
          b,
          m,
          n);
      tensors.add(
          FlowContract.LABEL_MASK,
          into -> tasks.forEach(task -> putMask(task.labels(), n, into)),
          b,
          n);
      return tensors;
    } catch (Throwable e) {
      try (tensors) {
        throw e;
      }
    }
  }

  /** Adds an input whose content the filler puts, exactly as many floats as the shape holds. */
  void add(String name, Consumer<FloatBuffer> filler, long... shape) {
    long floats = 1;
    for (long axis : shape) {
      floats = Math.multiplyExact(floats, axis);
    }
    FloatBuffer buffer = buffers.acquire(Math.toIntExact(floats));
    acquired.add(buffer);
    filler.accept(buffer);
    buffer.flip();
    try {
      inputs.put(name, OnnxTensor.createTensor(environment, buffer, shape));
    } catch (OrtException e) {
      throw new ModelException("input " + name + ": " + Messages.oneLine(e), e);
    }
  }

  Map<String, OnnxTensor> inputs() {
    return inputs;
  }

  private static void putSupport(SupportSet task, TaskShape shape, FloatBuffer into) {
    task.writeFeatures(into);
    putZeros((shape.examples() - task.examples()) * shape.dimension(), into);
  }

  /** One-hot × weight; the rows of padding are zero. */
  private static void putMembership(SupportSet task, TaskShape shape, FloatBuffer into) {
    for (int example = 0; example < task.examples(); example++) {
      int label = task.label(example);
      putZeros(label, into);
      into.put(task.weight(example));
      putZeros(shape.labels() - label - 1, into);
    }
    putZeros((shape.examples() - task.examples()) * shape.labels(), into);
  }

  /** One for a label of the task, zero for padding. */
  private static void putMask(int labels, int padded, FloatBuffer into) {
    for (int label = 0; label < labels; label++) {
      into.put(1f);
    }
    putZeros(padded - labels, into);
  }

  static void putZeros(int count, FloatBuffer into) {
    for (int left = count; left > 0; left -= ZEROS.length) {
      into.put(ZEROS, 0, Math.min(left, ZEROS.length));
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    inputs.clear();
    acquired.forEach(buffers::release);
    acquired.clear();
  }
}
