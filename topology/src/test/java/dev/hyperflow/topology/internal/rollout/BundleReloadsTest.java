package dev.hyperflow.topology.internal.rollout;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.topology.internal.rollout.RolloutStateTest.control;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.EngineFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleReloadsTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int RELOADS = 20;
  private static final int SETTLING = 5;
  private static final int TENANTS = 20;

  @TempDir Path directory;

  @Test
  void shouldKeepResidentMemoryFlatOverRollouts() throws Exception {
    // Given
    Assumptions.assumeTrue(Files.exists(STATUS), "SKIPPED: resident memory is read on Linux");
    String a = TestBundles.write(directory, "a");
    String b = TestBundles.write(directory, "b");

    // When
    List<Long> sizes = runInItsOwnJvm(a, b, directory.resolve("sizes").toString());

    // Then
    assertThat(sizes).as("resident kB after each rollout").hasSize(RELOADS);
    long settled =
        sizes.subList(0, SETTLING).stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(sizes.subList(SETTLING, RELOADS))
        .as("resident kB after each rollout: %s", sizes)
        .allSatisfy(size -> assertThat(size).isLessThan(settled + settled / 10));
  }

  /** The heap is fixed and touched in full at the start: what moves then is native memory. */
  private static List<Long> runInItsOwnJvm(String a, String b, String out) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                Reloads.class.getName(),
                a,
                b,
                out)
            .redirectErrorStream(true);
    // Not -cp: ONNX Runtime does not survive a long command line.
    java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = java.start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(log).isZero();
    return Files.readAllLines(Path.of(out)).stream().map(Long::valueOf).toList();
  }

  /** Rolls two bundles out in turn; writes resident memory in kB after each. */
  static final class Reloads {

    private Reloads() {}

    public static void main(String[] args) throws IOException {
      RolloutControl control =
          RolloutControl.start(args[0], List.of(), true, TestBundles.LOADER, new ControlSteps());
      List<String> sizes = new ArrayList<>();
      try (BundleRollout rollout = control.rollout();
          RolloutTask task = rollout.join("task")) {
        EngineFixture fixture =
            EngineFixture.of(EngineFixture.MEMORY, EngineFixture.FRESH, task.model());
        for (int i = 0; i < TENANTS; i++) {
          fixture.process(add("t" + i, "r", "red", 1, 0), add("t" + i, "b", "blue", 0, 1));
        }
        task.follow(fixture.engine);
        for (int reload = 0; reload < RELOADS; reload++) {
          control.take(control("PROMOTE:" + args[(reload + 1) % 2]));
          control.advance();
          task.follow(fixture.engine);
          fixture.settle();
          task.follow(fixture.engine);
          control.advance();
          if (rollout.openBundles() != 1) {
            throw new IllegalStateException("expected one open bundle after rollout " + reload);
          }
          System.gc(); // direct buffers are freed by the collector alone
          sizes.add(residentKilobytes());
        }
      }
      Files.write(Path.of(args[2]), sizes);
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
