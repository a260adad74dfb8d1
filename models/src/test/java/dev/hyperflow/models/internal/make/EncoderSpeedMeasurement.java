package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures how fast the encoders of two bundles are, in turn, on one thread: the calling thread's
 * processor time, which says the same on a busy machine as on a quiet one. Not a test; see
 * benchmarks/README.md.
 *
 * <pre>{@code
 * ./mvnw -pl models test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=dev.hyperflow.models.internal.make.EncoderSpeedMeasurement \
 *     -Dexec.args="classpath:bundles/minilm-drift-v2 DIR"
 * }</pre>
 */
final class EncoderSpeedMeasurement {

  private static final int[] BATCHES = {1, 8, 32};
  private static final int[] WORDS = {6, 20, 100, 250};
  private static final int PAIRS = 9;

  /** Words of a measurement, so that short texts are measured as long as long ones. */
  private static final int WORDS_A_PAIR = 500;

  private static final String[] VOCABULARY = {
    "the", "card", "refund", "is", "late", "sofa", "would", "like", "to", "order", "again", "app"
  };

  private EncoderSpeedMeasurement() {}

  public static void main(String[] args) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BundleOptions options = BundleOptions.defaults().withWarmUp(false);
    try (Bundle one = Bundle.load(args[0], options);
        Bundle other = Bundle.load(args[1], options)) {
      List<Encoder> encoders = List.of(one.encoder().orElseThrow(), other.encoder().orElseThrow());
      for (int words : WORDS) {
        for (int batch : BATCHES) {
          List<String> texts = texts(words, batch);
          int calls = Math.max(1, WORDS_A_PAIR / words / batch);
          double[][] micros = new double[encoders.size()][PAIRS];
          double[] ratios = new double[PAIRS];
          for (int pair = -2; pair < PAIRS; pair++) { // two to warm up
            for (int e = 0; e < encoders.size(); e++) {
              long start = threads.getCurrentThreadCpuTime();
              for (int call = 0; call < calls; call++) {
                encoders.get(e).encode(texts);
              }
              long nanos = threads.getCurrentThreadCpuTime() - start;
              micros[e][Math.max(pair, 0)] = nanos / 1e3 / calls / batch;
            }
            ratios[Math.max(pair, 0)] = micros[0][Math.max(pair, 0)] / micros[1][Math.max(pair, 0)];
          }
          Arrays.sort(ratios);
          System.out.printf(
              Locale.ROOT,
              "| %d | %d | %.0f | %.0f | %.2f (%.2f to %.2f) |%n",
              words,
              batch,
              median(micros[0]),
              median(micros[1]),
              ratios[PAIRS / 2],
              ratios[0],
              ratios[PAIRS - 1]);
        }
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<String> texts(int words, int count) {
    Random random = new Random(words);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < words; w++) {
        text.append(VOCABULARY[random.nextInt(VOCABULARY.length)]).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
