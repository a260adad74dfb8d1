package dev.hyperflow.models.onnx;

import dev.hyperflow.models.BundleOptions;
import dev.hyperflow.models.Encoder;
import dev.hyperflow.models.Manifest.EncoderReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The real all-MiniLM-L6-v2 of the class path, opened once for all tests of this JVM. */
final class MiniLm {

  static final EncoderReference REFERENCE =
      new EncoderReference(
          "all-minilm-l6-v2",
          "classpath:all-minilm-l6-v2.onnx",
          "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
          "classpath:all-minilm-l6-v2-tokenizer.json",
          "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
          "mean",
          true,
          256,
          384);

  static final Encoder ENCODER = open();

  private MiniLm() {}

  static Encoder open() {
    ByteBuffer model = ByteBuffer.allocateDirect(resource("/all-minilm-l6-v2.onnx").length);
    model.put(resource("/all-minilm-l6-v2.onnx")).flip();
    return OnnxRuntime.start(BundleOptions.defaults())
        .openEncoder(REFERENCE, model, resource("/all-minilm-l6-v2-tokenizer.json"));
  }

  static byte[] resource(String name) {
    try (InputStream in = MiniLm.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
