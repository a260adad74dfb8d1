package dev.hyperflow.server.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page and a make-believe API on a loopback port, with the security headers of the real
 * one, and remembers what it was asked.
 *
 * <p>The scene can be changed while it runs. Handlers run on threads of their own, so one that is
 * held does not hold the others.
 */
final class FixtureServer implements AutoCloseable {

  /** The token that {@link Scene#TOKEN_NEEDED} accepts. */
  static final String TOKEN = "let-me-in";

  /** As the real server has it. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final String WEB = "/dev/hyperflow/server/web";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final FixtureApi api = new FixtureApi();
  private volatile Scene scene;

  /** A request as it came: method, path with query, body. */
  record Asked(String method, String path, String body) {}

  private FixtureServer(HttpServer http, Scene scene) {
    this.http = http;
    show(scene);
  }

  /** Starts on a port; 0 takes any that is free. */
  static FixtureServer start(Scene scene, int port) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    FixtureServer server = new FixtureServer(http, scene);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /**
   * One server a scene, on ports from 7100, until it is stopped: to look at with one's own browser.
   */
  public static void main(String[] args) throws IOException {
    int port = 7100;
    for (Scene scene : Scene.values()) {
      FixtureServer server = start(scene, port);
      System.out.println(scene + " " + server.url());
      port++;
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(http.getAddress().getPort());
  }

  /** Changes the scene, and with it all that the server knows. */
  void show(Scene next) {
    api.world(new FixtureWorld(next, System.currentTimeMillis()));
    scene = next;
  }

  /** Changes the scene and keeps what the server knows. */
  void become(Scene next) {
    scene = next;
  }

  FixtureTenant tenant(String id) {
    return api.world().find(id);
  }

  List<Asked> asked(String method, String pathStart) {
    return asked.stream()
        .filter(a -> a.method().equals(method) && a.path().startsWith(pathStart))
        .toList();
  }

  /** Holds back the answers to requests whose body has this text, until the returned latch is 0. */
  CountDownLatch hold(String text) {
    return api.hold(text);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      if (path.startsWith("/api/") || path.startsWith("/health/")) {
        answer(exchange);
      } else {
        page(exchange, path.equals("/") ? "/index.html" : path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    Asked request = asked(exchange);
    asked.add(request);
    if (scene == Scene.UNREACHABLE) {
      return;
    }
    if (scene == Scene.SILENT) {
      closed.await();
      return;
    }
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    FixtureApi.Reply reply = api.reply(scene, request, ("Bearer " + TOKEN).equals(token));
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    send(exchange, reply.status(), reply.bytes());
  }

  private static Asked asked(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body);
  }

  private static void page(HttpExchange exchange, String path) throws IOException {
    try (InputStream file = FixtureServer.class.getResourceAsStream(WEB + path)) {
      if (file == null) {
        send(exchange, 404, new byte[0]);
        return;
      }
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      send(exchange, 200, file.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    api.releaseAll();
    http.stop(0);
    threads.shutdownNow();
  }
}
