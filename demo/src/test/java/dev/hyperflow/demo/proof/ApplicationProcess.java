package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.server.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * One instance of the application, {@code hyperflow run}, in a process of its own with a state
 * directory of its own that outlives the process. For use by one thread.
 */
final class ApplicationProcess implements AutoCloseable {

  private static final Duration TIME_TO_RUN = Duration.ofMinutes(4);
  private static final long SECONDS_TO_STOP = 30;

  private final Path directory;
  private final Map<String, String> settings;
  private Launch launch = Launch.USUAL;
  private int starts;
  private int kills;
  private JavaProcess process;

  /**
   * An instance that does not run yet.
   *
   * @param directory its own
   * @param settings its configuration, without {@code state.dir}
   */
  ApplicationProcess(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
  }

  /**
   * How the process is started.
   *
   * @param heap its largest heap, as in {@code 192m}
   * @param within the words of a program that becomes the virtual machine
   * @param environment more variables
   */
  record Launch(String heap, List<String> within, Map<String, String> environment) {
    static final Launch USUAL = new Launch("192m", List.of(), Map.of());
  }

  /** Starts from now on in this way. */
  void launch(Launch next) {
    launch = next;
  }

  /** Starts the process and returns at once. */
  void start() {
    start(Map.of());
  }

  /** The same once with other settings. */
  void start(Map<String, String> changes) {
    starts++;
    process =
        JavaProcess.start(
            launch.within,
            launch.environment,
            directory.resolve("run-" + starts + ".out"),
            dev.hyperflow.app.Main.class,
            List.of("-Xmx" + launch.heap, "-XX:+ExitOnOutOfMemoryError"),
            List.of("run", "--config", config(changes).toString()));
  }

  private Path config(Map<String, String> changes) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("state.dir", state().toString());
    all.putAll(changes);
    String text =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve("run-" + starts + ".properties"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The directory of its state. */
  Path state() {
    return directory.resolve("state");
  }

  /** Deletes the state of a process that is not there. */
  void deleteState() throws IOException {
    try (Stream<Path> files = Files.walk(state())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Whether the process is there. */
  boolean isUp() {
    return process != null && process.isAlive();
  }

  /** Waits until the application runs. */
  void awaitRunning() {
    Awaitility.await("application in " + directory)
        .atMost(TIME_TO_RUN)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the application has ended", this::requireUp)
        .untilAsserted(
            () -> assertThat(process.output()).as(directory::toString).contains(" running"));
  }

  /** Fails when the process has ended by itself. */
  void requireUp() {
    if (!isUp()) {
      throw new AssertionError(describe());
    }
  }

  /** Fails when the process has printed these words. */
  void requireNotSaid(String words) {
    assertThat(process.output()).doesNotContain(words);
  }

  /** Sends SIGKILL; fails when the process had ended by itself before. */
  void kill() throws InterruptedException {
    requireUp();
    process.kill();
    kills++;
  }

  /** How often it was killed. */
  int kills() {
    return kills;
  }

  /** Sends a signal, named without SIG; fails when the process had ended by itself before. */
  void signal(String name) throws IOException, InterruptedException {
    requireUp();
    process.signal(name);
  }

  /** The number of the process. */
  long pid() {
    return process.pid();
  }

  /** Waits until the process has printed these words so many times. */
  void awaitSaid(String words, int times) {
    Awaitility.await("'" + words + "' in " + directory)
        .atMost(TIME_TO_RUN)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the application has ended", this::requireUp)
        .until(() -> process.output().split(Pattern.quote(words), -1).length > times);
  }

  /**
   * Waits until the process has ended by itself, and not in good order.
   *
   * @return its last line
   */
  String awaitFailure() throws InterruptedException {
    String last = awaitEnd();
    assertThat(process.exitCode(0)).as(process::output).isNotEqualTo(ExitCode.OK.code());
    return last;
  }

  /**
   * Waits until the process has ended, by itself or not.
   *
   * @return its last line
   */
  String awaitEnd() throws InterruptedException {
    process.exitCode(TIME_TO_RUN.toSeconds());
    return process.output().lines().reduce((before, last) -> last).orElse("");
  }

  /** Sends SIGTERM and waits until the process has stopped, in good order or not in time. */
  void stop() throws InterruptedException {
    requireUp();
    process.terminate();
    int exitCode = process.exitCode(SECONDS_TO_STOP);
    // On a busy machine it may not close in time, which must not lose anything either.
    if (exitCode != ExitCode.OK.code() && exitCode != ExitCode.UNCLEAN.code()) {
      throw new AssertionError("exit code " + exitCode + ": " + describe());
    }
  }

  private String describe() {
    return "the application's process %d in %s has ended or does not run:\n%s"
        .formatted(starts, directory, process.output());
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
