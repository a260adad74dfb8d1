package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hyperflow.demo.broker.LoopbackPorts;
import dev.hyperflow.server.SelfSigned;
import dev.hyperflow.server.auth.Token;
import dev.hyperflow.server.auth.TokenLine;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances in processes of their own, as they would be run, with TLS and tokens, answer for
 * all tenants, whichever is asked, while one of them is killed and comes back: every answer is the
 * right one, or says when to ask again.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(600)
class RoutingTest {
  private static final int TENANTS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String QUERY = "{\"features\":[1,0,0,0,0,0,0,0],\"topK\":2}";

  @TempDir static Path directory;

  private final Token token = Token.create();
  private final Map<String, JsonNode> expected = new HashMap<>();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private HttpClient http;
  private int[] ports;

  @Test
  void shouldAnswerForAllTenantsWhileAnInstanceIsKilledAndReturns() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      List<ApplicationProcess> instances = instances(platform);
      try {
        instances.forEach(ApplicationProcess::start);
        instances.forEach(ApplicationProcess::awaitRunning);
        teachAll();

        // When nothing happens, all are answered by all
        awaitAllRight(List.of(0, 1, 2));
        assertThat(forwarded()).as("tenants of other instances").isPositive();

        // When one is killed, the others answer, or say when to ask again
        instances.get(0).kill();
        awaitAllRight(List.of(1, 2));

        // When it returns
        instances.get(0).start();
        instances.get(0).awaitRunning();
        awaitAllRight(List.of(0, 1, 2));
        assertThat(statuses.keySet()).isSubsetOf(200, 503);
      } finally {
        instances.forEach(ApplicationProcess::close);
      }
    }
  }

  private List<ApplicationProcess> instances(Platform platform) throws Exception {
    Cell cell = Cell.of("routing", Cell.Guarantee.EXACTLY_ONCE_V2, Cell.Protocol.CLASSIC, 1);
    Application application = Application.of(platform, cell);
    SelfSigned certificate = SelfSigned.in(directory);
    http =
        HttpClient.newBuilder()
            .sslContext(certificate.trusted())
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    Map<String, String> settings = new HashMap<>(certificate.settings());
    settings.put("http.tokens", tokens().toString());
    ports = new int[3];
    List<ApplicationProcess> instances = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      ports[i] = LoopbackPorts.anyFree();
      settings.put("http.port", Integer.toString(ports[i]));
      instances.add(application.instance(i, settings));
    }
    return instances;
  }

  private Path tokens() throws IOException {
    Grant grant = new Grant("test", Scope.WRITE, Optional.empty());
    return Files.writeString(
        directory.resolve("tokens"), new TokenLine(token.id(), token.hash(), grant).text());
  }

  private void teachAll() throws Exception {
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      for (int example = 0; example < 4; example++) {
        String features =
            "[%d,%d,0.%d,0,0,0,0,%d]".formatted(example % 2, 1 - example % 2, tenant, example);
        String body =
            "{\"operation\":\"ADD\",\"eventId\":\"e%d\",\"label\":\"l%d\",\"features\":%s}"
                .formatted(example, example % 2, features);
        String target = "/api/v1/tenants/" + Load.tenant(tenant) + "/support";
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> send("POST", ports[1], target, body).statusCode() == 202);
      }
    }
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      String name = Load.tenant(tenant);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                JsonNode answer = predict(ports[1], name);
                if (answer == null || answer.get("examples").asInt() != 4) {
                  return false;
                }
                expected.put(name, answer);
                return true;
              });
    }
  }

  /** Until each of these instances has given the right answer for every tenant. */
  private void awaitAllRight(List<Integer> asked) {
    for (int instance : asked) {
      for (String tenant : expected.keySet()) {
        Awaitility.await(tenant + " of instance " + instance)
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> {
                  JsonNode answer = predict(ports[instance], tenant);
                  if (answer == null) {
                    return false;
                  }
                  assertThat(answer.get("labels")).isEqualTo(expected.get(tenant).get("labels"));
                  assertThat(answer.get("fingerprint"))
                      .isEqualTo(expected.get(tenant).get("fingerprint"));
                  return true;
                });
      }
      Awaitility.await("list of instance " + instance)
          .atMost(PATIENCE)
          .until(() -> lists(ports[instance]));
    }
  }

  private boolean lists(int port) throws Exception {
    HttpResponse<String> list = send("GET", port, "/api/v1/tenants?limit=100", null);
    return list.statusCode() == 200
        && JSON.readTree(list.body()).get("tenants").size() == TENANTS
        && JSON.readTree(list.body()).get("total").asInt() == TENANTS;
  }

  /** The answer, or null when it is to be asked for again. */
  private JsonNode predict(int port, String tenant) throws Exception {
    HttpResponse<String> response =
        send("POST", port, "/api/v1/tenants/" + tenant + "/predict", QUERY);
    JsonNode body = JSON.readTree(response.body());
    if (response.statusCode() == 200) {
      return body;
    }
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(body.get("retryAfterMillis").asLong()).isPositive();
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    return null;
  }

  /** How many tenants are owned by another instance than the first. */
  private int forwarded() throws Exception {
    int others = 0;
    for (String tenant : expected.keySet()) {
      HttpResponse<String> response = send("GET", ports[0], "/api/v1/tenants/" + tenant, null);
      String owner = JSON.readTree(response.body()).at("/owner/instance").asText();
      others += owner.endsWith(":" + ports[0]) ? 0 : 1;
    }
    return others;
  }

  private HttpResponse<String> send(String method, int port, String target, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token.text())
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    statuses.merge(response.statusCode() == 202 ? 200 : response.statusCode(), 1, Integer::sum);
    return response;
  }
}
