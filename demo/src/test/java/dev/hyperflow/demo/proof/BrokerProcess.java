package dev.hyperflow.demo.proof;

import dev.hyperflow.server.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real broker in a process of its own, which can be killed and started again on its data and its
 * port. For use by one thread.
 */
final class BrokerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String HOST = "127.0.0.1";

  private final Path directory;
  private final String name;
  private final Class<?> main;
  private final List<String> args;
  private int starts;
  private JavaProcess process;

  private BrokerProcess(Path directory, String name, Class<?> main, List<String> args) {
    this.directory = directory;
    this.name = name;
    this.main = main;
    this.args = args;
  }

  /** Starts a broker on any port and returns when it accepts clients. */
  static BrokerProcess start(Path directory) {
    String port = Integer.toString(Ports.free());
    return started(
        new BrokerProcess(
            directory,
            HOST + ":" + port,
            BrokerMain.class,
            List.of(directory.resolve("broker").toString(), port)));
  }

  /** Starts a broker of several from its configuration, and returns when it accepts clients. */
  static BrokerProcess start(Path directory, String name, Path settings, String clusterId) {
    return started(
        new BrokerProcess(
            directory, name, NodeMain.class, List.of(settings.toString(), clusterId)));
  }

  private static BrokerProcess started(BrokerProcess broker) {
    broker.startAgain();
    return broker;
  }

  /** Where clients connect, of a broker that is the only one. */
  String bootstrapServers() {
    return name;
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts the broker on the data of the one before and returns when it accepts clients. */
  void startAgain() {
    starts++;
    process =
        JavaProcess.start(
            directory.resolve("broker-" + name.replace(':', '-') + "-" + starts + ".out"),
            main,
            List.of("-Xmx384m"),
            args);
    Awaitility.await("broker " + name)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the broker has ended", this::requireUp)
        .until(() -> process.output().contains(BrokerMain.READY));
  }

  private void requireUp() {
    if (!process.isAlive()) {
      throw new AssertionError("the broker has ended by itself:\n" + process.output());
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
