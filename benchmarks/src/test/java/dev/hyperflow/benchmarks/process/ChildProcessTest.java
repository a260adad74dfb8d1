package dev.hyperflow.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final long SECONDS = 60;

  @TempDir Path directory;

  @Test
  void shouldEndWhenItsParentEnds() throws Exception {
    // Given a parent that starts a platform and tells its process id
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Parent.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process parent = builder.start();
    ProcessHandle child;
    try (var lines = parent.inputReader()) {
      child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      // When the parent is killed
      parent.destroyForcibly().waitFor();
    }

    // Then the child is gone, too
    child.onExit().get(SECONDS, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void shouldShowTheLogOfAProcessThatDoesNotStart() {
    ChildProcess.Start start =
        new ChildProcess.Start("broken", Role.HYPERFLOW, Map.of("no.such.setting", "1"), List.of());

    assertThatThrownBy(() -> ChildProcess.start(directory, start))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("process 'broken'")
        .hasMessageContaining("no.such.setting: unknown setting");
  }

  /** Starts a platform and waits for its own death. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      Path directory = Path.of(args[0]);
      ChildProcess child =
          ChildProcess.start(
              directory,
              new ChildProcess.Start(
                  "platform",
                  Role.PLATFORM,
                  Map.of(Role.DIRECTORY, directory.resolve("broker").toString()),
                  List.of("-Xmx512m")));
      System.out.println(child.pid());
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
