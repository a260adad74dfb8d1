package dev.hyperflow.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, from the class path of the tests. */
public final class JavaProcess implements AutoCloseable {

  private static final long SECONDS_TO_DIE = 30;

  /** It ends before well compiled code pays for itself. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts any program of the class path.
   *
   * @param output where both its outputs go
   * @param main the class with its main method
   * @param options options of the virtual machine
   */
  public static JavaProcess start(
      Path output, Class<?> main, List<String> options, List<String> args) {
    return start(List.of(), Map.of(), output, main, options, args);
  }

  /**
   * The same within another program, which must become the virtual machine ({@code exec}), as
   * {@code taskset} does.
   *
   * @param within the other program's words, before those that start the virtual machine
   * @param environment more variables
   */
  public static JavaProcess start(
      List<String> within,
      Map<String, String> environment,
      Path output,
      Class<?> main,
      List<String> options,
      List<String> args) {
    List<String> command = new ArrayList<>(within);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8"));
    command.addAll(SHORT_LIVED);
    command.addAll(options);
    command.add(main.getName());
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not as an option: ONNX Runtime 1.29.0 crashes (SIGSEGV) when it creates its environment in a
    // process whose command line is longer than about 4 KiB.
    builder.environment().putAll(environment);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      return new JavaProcess(
          builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL and waits until the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * Sends any signal.
   *
   * @param name without SIG, as in {@code STOP}
   */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its exit code. */
  public int exitCode(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + seconds + " s:\n" + output());
    }
    return process.exitValue();
  }

  /** What it has printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(SECONDS_TO_DIE, TimeUnit.SECONDS).join();
  }
}
