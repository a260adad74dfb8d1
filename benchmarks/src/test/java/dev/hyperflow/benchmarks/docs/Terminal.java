package dev.hyperflow.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs scripts as a reader does who types them one after the other: in one directory, with the
 * variables that earlier ones have set. Closing it ends, by their ids, all processes that it has
 * started. For use by one thread.
 */
final class Terminal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration TO_STOP = Duration.ofMinutes(1);

  /** A failing command ends the block, also in the middle of a pipe; variables are kept. */
  private static final String PREAMBLE =
      """
      set -e -o pipefail -a
      [ ! -f "$HOME/.variables" ] || . "$HOME/.variables"
      trap 'export -p >"$HOME/.variables"' EXIT
      """;

  private final Path root;
  private final Path scripts;
  private final Deque<Running> background = new ArrayDeque<>();
  private int count;

  /** A script that was started. */
  record Running(String place, Process process, Path output) {

    String text() {
      return Document.text(output);
    }
  }

  /**
   * A terminal.
   *
   * @param root the directory it is in, a {@link SourceTree}
   */
  Terminal(Path root) throws IOException {
    this.root = root;
    this.scripts = Files.createDirectory(root.resolve("scripts"));
  }

  /** Whether a program is on the path. */
  static boolean has(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Runs a script to its end.
   *
   * @return what it wrote to both its outputs
   */
  String run(String place, String script) throws IOException, InterruptedException {
    Running running = launch(place, PREAMBLE + script);
    try {
      boolean ended = running.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(ended).as("%s ended within %s:%n%s", place, PATIENCE, running.text()).isTrue();
      assertThat(running.process().exitValue())
          .as("exit code of %s:%n%s%n%s", place, script, running.text())
          .isZero();
      return running.text();
    } finally {
      kill(running);
    }
  }

  /** Starts a script that goes on. */
  Running start(String place, String script) throws IOException {
    Running running = launch(place, script);
    background.push(running);
    return running;
  }

  /** Asks all that goes on to stop, the latest first, and checks that each ends with 0. */
  void stop() throws InterruptedException {
    while (!background.isEmpty()) {
      Running running = background.pop();
      try {
        running.process().descendants().forEach(ProcessHandle::destroy);
        boolean ended = running.process().waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("%s stopped:%n%s", running.place(), running.text()).isTrue();
        assertThat(running.process().exitValue())
            .as("exit code of %s when stopped:%n%s", running.place(), running.text())
            .isZero();
      } finally {
        kill(running);
      }
    }
  }

  @Override
  public void close() {
    background.forEach(Terminal::kill);
  }

  private Running launch(String place, String script) throws IOException {
    count++;
    Path file = Files.writeString(scripts.resolve(count + ".sh"), script + "\n");
    Path output = scripts.resolve(count + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", "--noprofile", "--norc", file.toString()))
            .directory(root.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    String home = root.resolve("home").toString();
    builder.environment().put("HOME", home);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Programs end before well compiled code pays for itself.
    builder.environment().put("HYPERFLOW_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Duser.home=" + home);
    // Features are kept in the temporary home; the native libraries that DJL unpacks need not be.
    builder
        .environment()
        .putIfAbsent("DJL_CACHE_DIR", System.getProperty("user.home") + "/.djl.ai");
    builder.environment().remove("BASH_ENV");
    return new Running(place, builder.start(), output);
  }

  private static void kill(Running running) {
    running.process().descendants().forEach(ProcessHandle::destroyForcibly);
    running.process().destroyForcibly().onExit().join();
  }
}
