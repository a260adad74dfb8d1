package dev.hyperflow.training.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Runs a model of float tensors, with one thread as in production. */
final class OnnxModel implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxModel(byte[] model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  /** The drift of a head. */
  float[] drift(RandomTasks tasks, float[] head) {
    Map<String, OnnxTensor> inputs = inputs(tasks);
    inputs.put("head", tensor(head, tasks.tasks, tasks.labels, tasks.features + 1));
    inputs.put("t", tensor(new float[tasks.tasks], tasks.tasks));
    return run(inputs).get("drift");
  }

  /** The outputs of integrate.onnx. */
  Map<String, float[]> integrate(RandomTasks tasks) {
    return run(inputs(tasks));
  }

  private Map<String, OnnxTensor> inputs(RandomTasks tasks) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("support", tensor(tasks.support, tasks.tasks, tasks.examples, tasks.features));
    inputs.put("membership", tensor(tasks.membership, tasks.tasks, tasks.examples, tasks.labels));
    inputs.put("label_mask", tensor(tasks.mask, tasks.tasks, tasks.labels));
    return inputs;
  }

  private OnnxTensor tensor(float[] data, long... shape) {
    try {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(data), shape);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, float[]> run(Map<String, OnnxTensor> inputs) {
    try (OrtSession.Result result = session.run(inputs)) {
      Map<String, float[]> outputs = new HashMap<>();
      result.forEach(
          output -> {
            FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
            float[] data = new float[values.remaining()];
            values.get(data);
            outputs.put(output.getKey(), data);
          });
      return outputs;
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
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
