package dev.hyperflow.benchmarks.process;

import dev.hyperflow.app.lifecycle.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process of the bench: starts its role, tells its parent one line, and ends when its standard
 * input does. So it ends with its parent, however that ends.
 */
final class ChildMain {
  static final String READY = "ready ";

  private static final long SECONDS_TO_CLOSE = 15;

  private ChildMain() {}

  /**
   * Runs a role.
   *
   * @param args the role's name, and a properties file with its settings
   */
  public static void main(String[] args) {
    Logs.toConsole(false);
    System.exit(run(Role.valueOf(args[0]), Path.of(args[1])));
  }

  private static int run(Role role, Path file) {
    try {
      Role.Running running = role.start(read(file));
      tell(running.told());
      awaitEndOfInput();
      CountDownLatch closed = haltWhenNotClosed();
      running.stop().close();
      closed.countDown();
      return 0;
    } catch (Throwable e) {
      e.printStackTrace();
      return 1;
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }

  private static void tell(Map<String, String> told) {
    StringWriter line = new StringWriter().append(READY);
    told.forEach((name, value) -> line.append(name).append('=').append(value).append(' '));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(line);
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Whatever is said, only the end counts.
    }
  }

  /** A role that hangs while it closes must not stay behind. */
  private static CountDownLatch haltWhenNotClosed() {
    CountDownLatch closed = new CountDownLatch(1);
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!closed.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                  Runtime.getRuntime().halt(1);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "bench-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    return closed;
  }
}
