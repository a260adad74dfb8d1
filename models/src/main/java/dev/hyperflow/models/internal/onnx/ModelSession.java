package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hyperflow.models.ModelException;
import java.util.Map;

/**
 * One loaded model, shared by all threads. Owns the native session: any number of runs at once, and
 * {@link #close()} waits for them.
 */
final class ModelSession implements AutoCloseable {

  /** Reads what it needs from the outputs, which are freed when it returns. */
  @FunctionalInterface
  interface Reader<T> {
    T read(OrtSession.Result outputs) throws OrtException;
  }

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Lifecycle lifecycle;

  ModelSession(String name, OrtEnvironment environment, OrtSession session) {
    this.name = name;
    this.environment = environment;
    this.session = session;
    this.lifecycle = new Lifecycle(name);
  }

  OrtEnvironment environment() {
    return environment;
  }

  OrtSession session() {
    return session;
  }

  /** Runs the model; the inputs stay the caller's. */
  <T> T run(Map<String, OnnxTensor> inputs, Reader<T> reader) {
    lifecycle.enter();
    try (OrtSession.Result outputs = session.run(inputs)) {
      return reader.read(outputs);
    } catch (OrtException e) {
      throw new ModelException(name + " failed: " + Messages.oneLine(e), e);
    } finally {
      lifecycle.exit();
    }
  }

  @Override
  public void close() {
    lifecycle.close(
        () -> {
          try {
            session.close();
          } catch (OrtException e) {
            throw new ModelException(
                name + ": expected to close, found: " + Messages.oneLine(e), e);
          }
        });
  }
}
