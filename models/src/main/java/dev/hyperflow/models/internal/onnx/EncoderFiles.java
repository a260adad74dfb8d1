package dev.hyperflow.models.internal.onnx;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an encoder is opened from; not needed afterwards.
 *
 * @param model the ONNX bytes in a direct buffer
 * @param tokenizer the bytes of {@code tokenizer.json}
 * @param innerProjection mean and axes of the inner layer, little-endian floats; empty if the
 *     encoder has one block
 */
public record EncoderFiles(
    ByteBuffer model, ByteBuffer tokenizer, Optional<ByteBuffer> innerProjection) {

  /** A copy of {@code tokenizer.json}. */
  public byte[] tokenizerBytes() {
    byte[] bytes = new byte[tokenizer.remaining()];
    tokenizer.duplicate().get(bytes);
    return bytes;
  }
}
