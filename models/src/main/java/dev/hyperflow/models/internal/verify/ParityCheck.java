package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import java.util.List;

/** The encoder gives the vectors that another implementation gave. */
final class ParityCheck extends BundleCheck<Encoder> {

  /** Another runtime adds in another order; another pooling or prefix is off by far more. */
  private static final double TOLERANCE = 1e-4;

  private final ExpectedVectors expected;

  ParityCheck(ExpectedVectors expected) {
    super(
        "parity",
        "the vectors of the file, within %.0e of their largest value".formatted(TOLERANCE));
    this.expected = expected;
  }

  @Override
  Result run(Encoder encoder) {
    float[][] found = encoder.encode(expected.texts());
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      List<Double> vector = expected.vectors().get(i);
      if (vector.size() != found[i].length) {
        return Result.failed("vectors of %d features, not of %d", found[i].length, vector.size());
      }
      largest = Math.max(largest, difference(found[i], vector));
    }
    return largest <= TOLERANCE
        ? Result.ok("at most %.1e in %d vectors", largest, found.length)
        : Result.failed(
            "up to %.1e in %d vectors: compare pooling, normalisation, prefixes and tokenizer",
            largest, found.length);
  }

  private static double difference(float[] found, List<Double> expected) {
    double largest = 0;
    double scale = 0;
    for (int d = 0; d < found.length; d++) {
      largest = Math.max(largest, Math.abs(found[d] - expected.get(d)));
      scale = Math.max(scale, Math.abs(expected.get(d)));
    }
    return largest / Math.max(scale, Float.MIN_NORMAL);
  }
}
