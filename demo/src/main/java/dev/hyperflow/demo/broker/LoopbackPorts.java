package dev.hyperflow.demo.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;

/** Asks the operating system about ports on 127.0.0.1. */
public final class LoopbackPorts {

  /** The only address the embedded servers listen on. */
  public static final String HOST = "127.0.0.1";

  private LoopbackPorts() {}

  /**
   * A port that nobody listened on a moment ago.
   *
   * @throws UncheckedIOException when the system has none left
   */
  public static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, address())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + HOST, e);
    }
  }

  /** Two different ports. */
  record Pair(int first, int second) {}

  /**
   * A port and a free one beside it, chosen while both are held, so that they differ.
   *
   * @param wanted the first port; 0 takes a free one
   * @return empty when a server could not listen on the wanted port now
   * @throws UncheckedIOException when the system has no free port left
   */
  static Optional<Pair> pair(int wanted) {
    try (ServerSocket first = new ServerSocket()) {
      // As Kafka's own acceptor does: a port in TIME_WAIT after a restart counts as free.
      first.setReuseAddress(true);
      first.bind(new InetSocketAddress(address(), wanted), 1);
      return Optional.of(new Pair(first.getLocalPort(), anyFree()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@link #HOST} as an address. */
  public static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
