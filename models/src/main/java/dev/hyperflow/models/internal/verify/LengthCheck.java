package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import java.util.List;

/** Vectors have length 1, as the drift networks expect them. */
final class LengthCheck extends BundleCheck<Encoder> {

  private static final double TOLERANCE = 1e-3;

  private final List<String> texts;

  LengthCheck(List<String> texts) {
    super("length", "vectors of length 1, as the shipped networks were tuned on");
    this.texts = texts;
  }

  @Override
  Result run(Encoder encoder) {
    double shortest = Double.MAX_VALUE;
    double longest = 0;
    for (float[] vector : encoder.encode(texts)) {
      double length = length(vector);
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
    boolean unit = Math.abs(shortest - 1) <= TOLERANCE && Math.abs(longest - 1) <= TOLERANCE;
    return unit
        ? Result.ok("them")
        : Result.note("%.3g to %.3g; --normalise scales them", shortest, longest);
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
