package dev.hyperflow.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.server.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * One instance of the application, {@code hyperflow run}, in a process of its own with a state
 * directory of its own that outlives the process. For use by one thread.
 */
final class ApplicationProcess implements AutoCloseable {

  private static final Duration TIME_TO_RUN = Duration.ofMinutes(4);
  private static final long SECONDS_TO_STOP = 30;

  private final Path directory;
  private final Path config;
  private int starts;
  private JavaProcess process;

  /**
   * An instance that does not run yet.
   *
   * @param directory its own
   * @param settings its configuration, without {@code state.dir}
   */
  ApplicationProcess(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.config = directory.resolve("hyperflow.properties");
    String text =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining());
    try {
      Files.createDirectories(directory);
      Files.writeString(config, text + "state.dir=" + directory.resolve("state") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the process and returns at once. */
  void start() {
    starts++;
    process =
        JavaProcess.start(
            directory.resolve("run-" + starts + ".out"),
            dev.hyperflow.app.Main.class,
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
            List.of("run", "--config", config.toString()));
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

  /** Sends SIGKILL; fails when the process had ended by itself before. */
  void kill() throws InterruptedException {
    requireUp();
    process.kill();
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
