package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.server.http.PathText;
import dev.hyperflow.server.metrics.MetricsPage;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real broker, a registry and a running application, started once for all tests of the API, with
 * a server that needs no tokens; further servers over the same application can be started.
 */
public final class ApiFixture implements BeforeAllCallback {
  public static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Running running;

  /** What runs. */
  private static final class Running implements AutoCloseable {
    final Deque<Closeable> open = new ArrayDeque<>();
    Map<String, String> settings;
    RunningApplication application;
    MetricsPage metrics;
    HttpServer server;

    @Override
    public void close() throws IOException {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(ApiFixture.class, key -> start(), Running.class);
  }

  private static Running start() {
    Running started = new Running();
    try {
      Path directory = Files.createTempDirectory("hyperflow-api-");
      started.open.push(() -> delete(directory));
      TestCluster broker = TestCluster.start();
      started.open.push(broker::close);
      started.settings = new HashMap<>();
      started.settings.put("application.id", "api");
      started.settings.put("bootstrap.servers", broker.bootstrapServers());
      started.settings.put("schema.registry.url", "mock://api");
      started.settings.put("topics.partitions", "2");
      started.settings.put("topics.replication-factor", "1");
      started.settings.put("state.dir", directory.resolve("state").toString());
      started.settings.put("kafka.commit.interval.ms", "50");
      started.settings.put("http.port", "0");
      started.settings.put("http.what-if-examples", "4");
      started.settings.put("http.timeout.ms", "2000");
      ApplicationConfig config = ApplicationConfig.of(started.settings);
      started.metrics = new MetricsPage(config);
      started.open.push(started.metrics::close);
      started.server = HttpServer.start(config, started.metrics).orElseThrow();
      started.application =
          RunningApplication.start(
              started.server.advertisedBy(config), Telemetry.of(started.metrics.meters()));
      started.open.push(started.application::close);
      started.open.push(started.server::close);
      started.server.serve(started.application);
      assertThat(started.application.awaitRunning(PATIENCE)).isTrue();
      return started;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  public ApplicationConfig config() {
    return ApplicationConfig.of(running.settings);
  }

  public Map<String, String> settings() {
    return new HashMap<>(running.settings);
  }

  /** One more server over the same application; to be closed. */
  public HttpServer server(Map<String, String> changes) {
    Map<String, String> settings = settings();
    settings.putAll(changes);
    HttpServer server =
        HttpServer.start(ApplicationConfig.of(settings), running.metrics).orElseThrow();
    server.serve(running.application);
    return server;
  }

  /**
   * One more application on the same broker, with its own topics and server; to be closed.
   *
   * @param name its id, and what its topics' names begin with
   * @param state where its state goes
   */
  public Other other(String name, Path state, Map<String, String> changes) {
    Map<String, String> settings = settings();
    settings.put("application.id", name);
    settings.put("state.dir", state.toString());
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + topic, name + "-" + topic);
    }
    settings.putAll(changes);
    ApplicationConfig config = ApplicationConfig.of(settings);
    MetricsPage metrics = new MetricsPage(config);
    HttpServer server = HttpServer.start(config, metrics).orElseThrow();
    RunningApplication application =
        RunningApplication.start(server.advertisedBy(config), Telemetry.of(metrics.meters()));
    server.serve(application);
    try {
      assertThat(application.awaitRunning(PATIENCE)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return new Other(settings, metrics, server, application);
  }

  /** An application and its server. */
  public record Other(
      Map<String, String> settings,
      MetricsPage metrics,
      HttpServer server,
      RunningApplication application)
      implements AutoCloseable {

    public ApplicationConfig config() {
      return ApplicationConfig.of(settings);
    }

    /** One more server over it; to be closed. */
    public HttpServer server(Map<String, String> changes) {
      Map<String, String> changed = new HashMap<>(settings);
      changed.putAll(changes);
      HttpServer another = HttpServer.start(ApplicationConfig.of(changed), metrics).orElseThrow();
      another.serve(application);
      return another;
    }

    /** A client of its server. */
    public Client client() {
      return new Client(server.url(), null);
    }

    @Override
    public void close() {
      server.close();
      application.close();
      metrics.close();
    }
  }

  /** A client of the server without tokens. */
  public Client client() {
    return new Client(running.server.url(), null);
  }

  /** An operation of the OpenAPI document, and its node there. */
  record Operation(String method, String path, JsonNode node) {}

  /** All operations of the OpenAPI document. */
  static List<Operation> operations(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> node : path.getValue().properties()) {
        String method = node.getKey().toUpperCase(Locale.ROOT);
        operations.add(new Operation(method, path.getKey(), node.getValue()));
      }
    }
    return operations;
  }

  /** Asks a server. */
  public static final class Client {
    private final HttpClient http =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final String token;

    public Client(String url, String token) {
      this.url = url.substring(0, url.length() - 1);
      this.token = token;
    }

    public String url() {
      return url;
    }

    public Answer get(String target) {
      return send("GET", target, null);
    }

    public Answer post(String target, String body) {
      return send("POST", target, body);
    }

    public Answer send(String method, String target, String body) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + target)).timeout(Duration.ofSeconds(30));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      request.method(
          method,
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(body));
      try {
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new AssertionError(method + " " + target, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    /** Adds a labelled text and waits until it is in the tenant's memory. */
    public void teach(String tenant, String eventId, String label, String text) {
      ObjectNode body =
          JSON.createObjectNode()
              .put("operation", "ADD")
              .put("eventId", eventId)
              .put("label", label)
              .put("text", text);
      assertThat(post(path(tenant) + "/support", body.toString()).status()).isEqualTo(202);
      awaitExample(tenant, eventId, true);
    }

    public void awaitExample(String tenant, String eventId, boolean there) {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () ->
                  get(path(tenant) + "/examples?limit=1000").body().contains('"' + eventId + '"')
                      == there);
    }

    public static String path(String tenant) {
      return "/api/v1/tenants/" + PathText.encode(tenant);
    }
  }

  /** An answer. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError(response.body(), e);
      }
    }

    /** Its problem's code, or the status when it is none. */
    public String code() {
      String status = Integer.toString(status());
      return response.body().startsWith("{") ? json().path("code").asText(status) : status;
    }
  }
}
