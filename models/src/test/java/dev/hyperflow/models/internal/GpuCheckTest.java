package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a graphics card has to show: the processor's answers, its speed, and what becomes of a batch
 * that its memory cannot hold. Run by docker/gpu-check.sh; prints its figures as a report.
 *
 * <p>{@code -Dhyperflow.gpu.device=cpu} tries the check itself where there is no card.
 */
@Tag("gpu")
class GpuCheckTest {
  private static final String BUNDLE = "classpath:bundles/minilm-analytic-v0";
  private static final DeviceChoice DEVICE =
      DeviceChoice.valueOf(
          System.getProperty("hyperflow.gpu.device", "cuda").toUpperCase(Locale.ROOT));

  /** Kernels of another device sum in another order. */
  private static final float LARGEST_RELATIVE_DIFFERENCE = 1e-3f;

  private static final int DIMENSION = 384;
  private static final long SMALL_MEMORY_BYTES = 64L << 20;
  private static final double NANOS = 1e9;

  private static Bundle processor;
  private static Bundle device;

  @BeforeAll
  static void load() {
    processor = Bundle.load(BUNDLE, BundleOptions.defaults());
    device = Bundle.load(BUNDLE, BundleOptions.defaults().withDevice(DEVICE));
    report("device", "%s", device.deviceState());
  }

  @AfterAll
  static void close() {
    device.close();
    processor.close();
  }

  @Test
  void shouldIntegrateTheHeadsOfTheProcessor() {
    List<SupportSet> tasks =
        IntStream.range(0, 48).mapToObj(i -> task(2 + i % 20, 3 + i % 6, i)).toList();

    List<Integration> expected = processor.integrator().integrate(tasks);
    List<Integration> found = device.integrator().integrate(tasks);

    float largest = 0;
    for (int i = 0; i < tasks.size(); i++) {
      largest = Math.max(largest, difference(expected.get(i).adapted(), found.get(i).adapted()));
    }
    report("heads, largest relative difference", "%.2e", largest);
    assertThat(largest).isLessThanOrEqualTo(LARGEST_RELATIVE_DIFFERENCE);
  }

  @Test
  void shouldEncodeTheTextsOfTheProcessor() {
    List<String> texts = texts(64);

    float[][] expected = processor.encoder().orElseThrow().encode(texts);
    float[][] found = device.encoder().orElseThrow().encode(texts);

    float largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int d = 0; d < expected[i].length; d++) {
        largest = Math.max(largest, Math.abs(expected[i][d] - found[i][d]));
      }
    }
    report("vectors, largest difference", "%.2e", largest);
    assertThat(largest).isLessThanOrEqualTo(LARGEST_RELATIVE_DIFFERENCE);
  }

  @Test
  void shouldTellItsSpeed() {
    for (int batch : new int[] {1, 16, 64}) {
      List<SupportSet> tasks = IntStream.range(0, batch).mapToObj(i -> task(10, 5, i)).toList();
      List<String> texts = texts(batch);
      for (Bundle bundle : List.of(processor, device)) {
        Encoder encoder = bundle.encoder().orElseThrow();
        report(
            "per second on " + bundle.device().kind() + ", " + batch + " a call",
            "%.0f heads, %.0f texts",
            perSecond(batch, () -> bundle.integrator().integrate(tasks)),
            perSecond(batch, () -> encoder.encode(texts)));
      }
    }
    assertThat(device.deviceState().integrator().failures()).isZero();
  }

  @Test
  void shouldHalveOrLeaveToTheProcessorWhatItsMemoryCannotHold() {
    BundleOptions small =
        new BundleOptions(
            DEVICE, false, false, false, 0, SMALL_MEMORY_BYTES, DevicePolicy.defaults());
    List<SupportSet> tasks = IntStream.range(0, 32).mapToObj(i -> task(150, 16, i)).toList();
    try (Bundle bundle = Bundle.load(BUNDLE, small)) {
      List<Integration> found = bundle.integrator().integrate(tasks);

      report("with 64 MiB", "%s", bundle.deviceState());
      assertThat(found).hasSameSizeAs(tasks);
      assertThat(
              difference(
                  processor.integrator().integrate(tasks).get(0).adapted(), found.get(0).adapted()))
          .isLessThanOrEqualTo(LARGEST_RELATIVE_DIFFERENCE);
    }
  }

  private static double perSecond(int items, Supplier<?> call) {
    for (int i = 0; i < 3; i++) {
      assertThat(call.get()).isNotNull();
    }
    long started = System.nanoTime();
    int calls = 0;
    while (System.nanoTime() - started < NANOS || calls < 3) {
      assertThat(call.get()).isNotNull();
      calls++;
    }
    return calls * items * NANOS / (System.nanoTime() - started);
  }

  /** The largest difference, relative to the largest weight. */
  private static float difference(Head expected, Head found) {
    float largest = 0;
    float scale = 0;
    for (int label = 0; label < expected.labels(); label++) {
      for (int d = 0; d < expected.dimension(); d++) {
        scale = Math.max(scale, Math.abs(expected.weight(label, d)));
        largest = Math.max(largest, Math.abs(expected.weight(label, d) - found.weight(label, d)));
      }
    }
    return largest / scale;
  }

  private static SupportSet task(int labels, int shots, int seed) {
    Random random = new Random(seed);
    SupportSet.Builder set = SupportSet.builder(DIMENSION, labels);
    for (int example = 0; example < labels * shots; example++) {
      float[] x = new float[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        x[d] = (float) random.nextGaussian() / (float) Math.sqrt(DIMENSION);
      }
      set.add(example % labels, 1f, x);
    }
    return set.build();
  }

  private static List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add("message " + i + " about an order that " + "never ".repeat(i % 12) + "arrived");
    }
    return texts;
  }

  private static void report(String what, String format, Object... figures) {
    System.out.println("gpu-check | " + what + " | " + format.formatted(figures));
  }
}
