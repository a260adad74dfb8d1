package dev.hyperflow.models.internal.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Runs a model of float tensors, with one thread as in production. */
public final class OnnxSession implements AutoCloseable {

  /** A float tensor. */
  public static final class Values {
    public final float[] data;
    public final long[] shape;

    Values(float[] data, long... shape) {
      this.data = data;
      this.shape = shape;
    }
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public OnnxSession(byte[] model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  public Map<String, Values> run(Map<String, Values> inputs) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Values> input : inputs.entrySet()) {
        Values values = input.getValue();
        FloatBuffer data = FloatBuffer.wrap(values.data);
        tensors.put(input.getKey(), OnnxTensor.createTensor(environment, data, values.shape));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, Values> outputs = new HashMap<>();
        result.forEach(
            output -> {
              OnnxTensor tensor = (OnnxTensor) output.getValue();
              float[] data = new float[(int) tensor.getInfo().getNumElements()];
              tensor.getFloatBuffer().get(data);
              outputs.put(output.getKey(), new Values(data, tensor.getInfo().getShape()));
            });
        return outputs;
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
