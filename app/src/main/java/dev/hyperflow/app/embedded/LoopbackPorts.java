package dev.hyperflow.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

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

  /** Whether a server could listen on this port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As Kafka's own acceptor does: a port in TIME_WAIT after a restart counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress address() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
