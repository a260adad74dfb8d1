package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.graph.InnerValue;
import java.nio.ByteBuffer;
import java.util.SortedSet;

/** Opens a model that gives an inner value besides its outputs. */
final class InnerOutput {

  private static final int MAX_NAMES = 64;

  private InnerOutput() {}

  /**
   * Opens the model.
   *
   * @param model the ONNX bytes
   * @param value name of the inner value, a float of any shape
   * @throws BundleException if the model does not open; if it has no such value, the message names
   *     those that it has
   */
  static ModelSession open(SessionFactory sessions, String name, ByteBuffer model, String value) {
    try {
      return sessions.open(name, InnerValue.asOutput(model, value));
    } catch (BundleException e) {
      SortedSet<String> names = InnerValue.layers(model);
      if (names.isEmpty() || names.contains(value)) {
        throw e;
      }
      throw new BundleException(
          "%s: encoder.inner.value: expected one of %s, found %s"
              .formatted(name, names.stream().limit(MAX_NAMES).toList(), value),
          e);
    }
  }
}
