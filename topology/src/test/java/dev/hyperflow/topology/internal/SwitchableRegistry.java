package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A schema registry over HTTP that a test can switch off: it then hangs up, or does not answer. */
final class SwitchableRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> schemas = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Mode mode = Mode.ON;

  /** How it answers. */
  enum Mode {
    ON,
    REFUSES,
    HANGS,
    PROXY_PAGE,
    PROXY_REFUSES
  }

  SwitchableRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void turn(Mode newMode) {
    mode = newMode;
  }

  /** Gives a schema an id, whether it is switched on or not. */
  synchronized int register(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  private synchronized String schema(int id) {
    return id >= 1 && id <= schemas.size() ? schemas.get(id - 1) : null;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    switch (mode) {
      case REFUSES -> send(exchange, 503, "{\"error_code\":50301,\"message\":\"away\"}");
      case PROXY_REFUSES -> send(exchange, 403, "<html><body>Forbidden</body></html>");
      case PROXY_PAGE -> send(exchange, 200, "<html><body>Please log in</body></html>");
      case HANGS -> {
        try {
          closing.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      default -> {
        if (path.startsWith("/schemas/ids/")) {
          String schema = schema(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
          send(
              exchange,
              schema == null ? 404 : 200,
              schema == null
                  ? "{\"error_code\":40403,\"message\":\"Schema not found\"}"
                  : JSON.writeValueAsString(Map.of("schema", schema)));
        } else if (path.startsWith("/subjects/")) {
          String schema = JSON.readTree(body).path("schema").asText();
          send(exchange, 200, "{\"id\":" + register(schema) + "}");
        } else {
          send(exchange, 200, "[\"AVRO\"]");
        }
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
