package dev.hyperflow.demo.proof;

import dev.hyperflow.server.JavaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

  /*
   * Below the ports that the system gives to outgoing connections: a client that tries to reach the
   * killed broker must not be given the broker's own port.
   */
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;

  private final Path directory;
  private final int port;
  private int starts;
  private JavaProcess process;

  private BrokerProcess(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Starts a broker and returns when it accepts clients. */
  static BrokerProcess start(Path directory) {
    BrokerProcess broker = new BrokerProcess(directory, freePort());
    broker.startAgain();
    return broker;
  }

  String bootstrapServers() {
    return HOST + ":" + port;
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
            directory.resolve("broker-" + starts + ".out"),
            BrokerMain.class,
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(directory.resolve("broker").toString(), Integer.toString(port)));
    Awaitility.await("broker on port " + port)
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

  private static int freePort() {
    long first = ProcessHandle.current().pid() % PORTS;
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (int) ((first + i) % PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("expected a free port, found none");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
