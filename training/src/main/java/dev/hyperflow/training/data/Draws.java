package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What samplers draw, each from the generator it is handed. */
public final class Draws {

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** A generator that is the same for the same seed, set and number. */
  public static SplittableRandom generator(long seed, LabelledFeatures set, long number) {
    String hash = Sha256.of(set.name().getBytes(StandardCharsets.UTF_8));
    long name = Long.parseUnsignedLong(hash.substring(0, 16), 16);
    // Split once: neighbouring seeds of a SplittableRandom alone would be correlated.
    return new SplittableRandom(seed ^ Long.rotateLeft(name, 17) ^ number * GOLDEN_RATIO).split();
  }

  /** The numbers below n in random order. */
  public static int[] permutation(int n, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** An integer of a range, ends included, whose logarithm is uniform. */
  static int logUniform(int min, int max, SplittableRandom random) {
    double low = Math.log(min);
    double high = Math.log(max + 1.0);
    return Math.min(max, (int) Math.exp(low + (high - low) * random.nextDouble()));
  }

  /** How many of a label's texts may be examples: a third, at least, stays for queries. */
  static int maxShots(int texts) {
    return texts - (texts + 2) / 3;
  }
}
