package dev.hyperflow.schemas.internal.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/** A server that answers {@code []} and notes the headers of the last request. */
final class HeaderEcho implements AutoCloseable {
  private final HttpServer server;
  private volatile Map<String, String> headers = Map.of();

  HeaderEcho() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> found = new TreeMap<>();
          exchange.getRequestHeaders().forEach((name, values) -> found.put(name, values.get(0)));
          headers = found;
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'[', ']'});
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** By name, of which the first letter alone is upper case. */
  Map<String, String> headers() {
    return headers;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
