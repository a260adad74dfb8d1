package dev.hyperflow.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A role in a process of its own, as its parent sees it. The process ends when this is closed, and
 * also when this process ends without closing it. For use by one thread.
 */
public final class ChildProcess implements AutoCloseable {
  private static final long SECONDS_TO_END = 25;
  private static final int LOG_LINES_SHOWN = 12;

  /** Where ONNX Runtime finds its libraries, if somebody has said so. */
  private static final String NATIVES = "onnxruntime.native.path";

  private final String name;
  private final Process process;
  private final Path log;
  private final Map<String, String> told = new HashMap<>();

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * How to start a process.
   *
   * @param name names its files; unique within the directory
   * @param role what it is
   * @param settings what the role wants
   * @param jvmOptions options of its virtual machine
   */
  public record Start(
      String name, Role role, Map<String, String> settings, List<String> jvmOptions) {}

  /**
   * Starts a process and returns when its role runs.
   *
   * @param directory where its settings and its log are kept
   * @throws IllegalStateException when it ends before; the message holds the end of its log
   */
  public static ChildProcess start(Path directory, Start start) {
    Path log = directory.resolve(start.name() + ".log");
    try {
      Path settings = directory.resolve(start.name() + ".properties");
      try (BufferedWriter writer = Files.newBufferedWriter(settings)) {
        store(start.settings(), writer);
      }
      ChildProcess child =
          new ChildProcess(start.name(), builder(start, settings, log).start(), log);
      child.awaitReady();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void store(Map<String, String> settings, Writer writer) throws IOException {
    Properties properties = new Properties();
    settings.forEach(properties::setProperty);
    properties.store(writer, null);
  }

  private static ProcessBuilder builder(Start start, Path settings, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"));
    command.add("-Dfile.encoding=UTF-8");
    String natives = System.getProperty(NATIVES);
    if (natives != null) {
      command.add("-D" + NATIVES + "=" + natives);
    }
    command.addAll(start.jvmOptions());
    command.add(ChildMain.class.getName());
    command.addAll(List.of(start.role().name(), settings.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    // Not as an option: ONNX Runtime refuses command lines of more than about 4 KiB.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder;
  }

  private void awaitReady() throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith(ChildMain.READY)) {
      line = lines.readLine();
    }
    if (line == null) {
      close();
      throw new IllegalStateException(
          "process '%s': expected it to run, but it ended:%n%s".formatted(name, endOfLog()));
    }
    for (String pair : line.substring(ChildMain.READY.length()).split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        told.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    Thread drain = new Thread(() -> lines.lines().forEach(unused -> {}), "bench-drain-" + name);
    drain.setDaemon(true);
    drain.start();
  }

  /** What its role told, e.g. {@link Role#BOOTSTRAP_SERVERS}. */
  public String told(String what) {
    return told.get(what);
  }

  /** Processor time it has taken so far, all threads. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Throws when it has ended by itself; the message holds the end of its log. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "process '%s' ended with %d:%n%s".formatted(name, process.exitValue(), endOfLog()));
    }
  }

  long pid() {
    return process.pid();
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
