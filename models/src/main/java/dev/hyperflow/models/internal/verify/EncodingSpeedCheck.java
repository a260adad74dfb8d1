package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import java.util.List;
import java.util.function.LongSupplier;

/** How many texts a second one thread encodes. */
final class EncodingSpeedCheck extends BundleCheck<Encoder> {

  private static final long NANOS = 1_000_000_000L;
  private static final int WARM_UP = 2;

  private final List<String> texts;
  private final LongSupplier nanoClock;

  EncodingSpeedCheck(List<String> texts, LongSupplier nanoClock) {
    super("encoder-speed", "a figure: texts a second on one thread");
    this.texts = texts;
    this.nanoClock = nanoClock;
  }

  @Override
  Result run(Encoder encoder) {
    for (int i = 0; i < WARM_UP; i++) {
      encoder.encode(texts);
    }
    long start = nanoClock.getAsLong();
    long nanos;
    int encoded = 0;
    do {
      encoder.encode(texts);
      encoded += texts.size();
      nanos = nanoClock.getAsLong() - start;
    } while (nanos < NANOS);
    return Result.note(
        "%.0f, of texts of %.0f characters",
        (double) encoded * NANOS / nanos,
        texts.stream().mapToInt(String::length).average().orElse(0));
  }
}
