package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

  /*
   * The measurement runs in a JVM of its own, whose heap is fixed and touched in full at the start:
   * what moves then is native memory.
   */
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WARM_UP = 2_000;
  private static final int INTEGRATIONS = 10_000;
  private static final Percentage TOLERANCE = Percentage.withPercentage(10);
  private static final int DIMENSION = 64;
  private static final int RELOADS = 20;
  private static final int ENCODER_EVERY = 3;
  private static final int COMPARED = 3;

  @Test
  void shouldKeepResidentMemoryFlat() throws Exception {
    // Given
    Assumptions.assumeTrue(Files.exists(STATUS), "SKIPPED: resident memory is read on Linux");

    // When
    List<String> sizes = runInItsOwnJvm(Measurement.class);

    // Then
    assertThat(sizes).as("resident kB before and after").hasSize(2);
    assertThat(Long.parseLong(sizes.get(1)))
        .as("resident kB after %d integrations", INTEGRATIONS)
        .isCloseTo(Long.parseLong(sizes.get(0)), TOLERANCE);
  }

  @Test
  void shouldKeepResidentMemoryFlatOverReloads() throws Exception {
    // Given
    Assumptions.assumeTrue(Files.exists(STATUS), "SKIPPED: resident memory is read on Linux");

    // When
    List<Long> sizes = runInItsOwnJvm(Reloads.class).stream().map(Long::valueOf).toList();

    // Then the last rounds, each with an encoder in it, hold what the first ones held. What was
    // freed
    // is not always given back at once: the least of a round is what is really held, and of a few
    // rounds the middle one.
    assertThat(sizes).as("resident kB after each reload").hasSize(RELOADS);
    List<Long> held =
        IntStream.iterate(0, from -> from < RELOADS, from -> from + ENCODER_EVERY)
            .mapToObj(from -> sizes.subList(from, Math.min(from + ENCODER_EVERY, RELOADS)))
            .map(Collections::min)
            .toList();
    long first = median(held.subList(0, COMPARED));
    long last = median(held.subList(held.size() - COMPARED, held.size()));
    assertThat(last)
        .as("least resident kB of the last rounds of %s", sizes)
        .isLessThan(first + first / 10);
  }

  private static long median(List<Long> sizes) {
    return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElseThrow();
  }

  private static List<String> runInItsOwnJvm(Class<?> measurement)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("resident", ".txt");
    try {
      ProcessBuilder java =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms128m",
                  "-Xmx128m",
                  "-XX:+AlwaysPreTouch",
                  "-XX:+UseSerialGC",
                  measurement.getName(),
                  out.toString())
              .redirectErrorStream(true);
      // Not -cp: ONNX Runtime does not survive a long command line, see CommandLineGuard.
      java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      Process process = java.start();
      String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(log).isZero();
      return Files.readAllLines(out);
    } finally {
      Files.deleteIfExists(out);
    }
  }

  /** Writes resident memory in kB after the warm-up, and after all integrations, to a file. */
  static final class Measurement {

    private Measurement() {}

    public static void main(String[] args) throws IOException {
      // Tasks of different shapes, in calls of 1 to 10
      Random random = new Random(11);
      List<SupportSet> tasks = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int labels = 2 + i % 9;
        tasks.add(Fixtures.supportSet(random, DIMENSION, labels, labels + random.nextInt(30)));
      }
      BundleOptions options = BundleOptions.defaults().withLoadEncoder(false);
      try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, options)) {
        integrate(bundle.integrator(), tasks, WARM_UP);
        String before = residentKilobytes();
        integrate(bundle.integrator(), tasks, INTEGRATIONS);
        Files.write(Path.of(args[0]), List.of(before, residentKilobytes()));
      }
    }

    private static void integrate(HeadIntegrator integrator, List<SupportSet> tasks, int count) {
      for (int done = 0, call = 0; done < count; call++) {
        int from = call * 7 % tasks.size();
        List<SupportSet> some = tasks.subList(from, Math.min(tasks.size(), from + 1 + call % 10));
        done += integrator.integrate(some).size();
      }
    }
  }

  /** Loads, uses and closes a bundle again and again; writes resident memory in kB after each. */
  static final class Reloads {

    private Reloads() {}

    public static void main(String[] args) throws IOException {
      SupportSet task = Fixtures.supportSet(new Random(12), 384, 20, 100);
      // Merged, so that owner threads come and go as well; without warm-up, to be quick
      BundleOptions options =
          BundleOptions.defaults()
              .withWarmUp(false)
              .withPolicy(DevicePolicy.defaults().withMerge(DevicePolicy.Merge.ON));
      List<String> sizes = new ArrayList<>();
      for (int reload = 0; reload < RELOADS; reload++) {
        // The encoder takes most of the time; a leak of its 90 MB would show after a few.
        BundleOptions some = options.withLoadEncoder(reload % ENCODER_EVERY == 0);
        try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, some)) {
          bundle.integrator().integrate(List.of(task, task));
          bundle
              .encoder()
              .ifPresent(encoder -> encoder.encode(List.of("late", "where is my card")));
        }
        System.gc(); // direct buffers are freed by the collector alone
        sizes.add(residentKilobytes());
      }
      Files.write(Path.of(args[0]), sizes);
    }
  }

  private static String residentKilobytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D+", ""))
        .findFirst()
        .orElseThrow();
  }
}
