package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextPrefixes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives each text three floats that depend on it alone, and counts texts. */
final class TextEncoder implements Encoder {

  final AtomicInteger texts = new AtomicInteger();
  private final TextPrefixes prefixes;

  TextEncoder() {
    this(TextPrefixes.NONE);
  }

  TextEncoder(TextPrefixes prefixes) {
    this.prefixes = prefixes;
  }

  @Override
  public TextPrefixes prefixes() {
    return prefixes;
  }

  @Override
  public String id() {
    return "text@1";
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public float[][] encode(List<String> batch) {
    texts.addAndGet(batch.size());
    return batch.stream().map(TextEncoder::vector).toArray(float[][]::new);
  }

  static float[] vector(String text) {
    return new float[] {text.length(), text.hashCode(), 1f};
  }

  @Override
  public void close() {}
}
