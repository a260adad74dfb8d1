package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Another bundle comes, is compared, takes over and goes, all over HTTP. */
@Timeout(300)
class BundlesOverHttpTest {
  private static final String BUNDLES = "/api/v1/bundles";
  private static final String FIRST = "minilm-drift-v1";
  private static final String SECOND = "minilm-analytic-v0";
  private static final String TENANT = "bundles";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  @TempDir Path directory;

  @Test
  void shouldShadowPromoteAndRollBack() {
    try (ApiFixture.Other other =
        API.other(
            "rollout",
            directory,
            Map.of("bundle", ShippedBundles.DRIFT_V1, "topics.bundles", "rollout-bundles"))) {
      // Given
      Client client = other.client();
      client.teach(TENANT, "e1", "cards", "my card was stolen");
      client.teach(TENANT, "e2", "loans", "what is the rate of a mortgage");
      JsonNode before = client.get(BUNDLES).json();
      assertThat(before.get("enabled").asBoolean()).isTrue();
      assertThat(before.get("current").get("name").asText()).isEqualTo(FIRST);
      assertThat(before.get("candidate").isNull()).isTrue();
      assertThat(before.get("history")).isEmpty();
      JsonNode answer = answer(client);
      assertThat(answer.get("bundle").asText()).startsWith(FIRST + "@");

      // When
      change(client, "{\"action\":\"SHADOW\",\"bundle\":\"classpath:bundles/" + SECOND + "\"}");

      // Then it is compared, and answers nobody
      JsonNode shadow =
          await(client, now -> now.path("candidate").path("name").asText().equals(SECOND));
      assertThat(shadow.get("candidate").get("mode").asText()).isEqualTo("SHADOW");
      ask(client, 5);
      JsonNode few = await(client, now -> now.path("candidate").path("answers").asLong() == 5);
      assertThat(few.get("candidate").get("agreement").isNull()).as("from a handful").isTrue();
      ask(client, 15);
      JsonNode compared = await(client, now -> now.path("candidate").hasNonNull("agreement"));
      assertThat(compared.get("candidate").get("agreement").asDouble()).isBetween(0.0, 1.0);
      assertThat(compared.get("current").get("name").asText()).isEqualTo(FIRST);
      assertThat(answer(client).get("labels")).isEqualTo(answer.get("labels"));
      assertThat(client.get(Client.path(TENANT)).json().at("/bundle/shadow").asText())
          .startsWith(SECOND + "@");

      // When
      change(client, "{\"action\":\"PROMOTE\"}");

      // Then
      await(client, now -> isServing(now, SECOND));
      assertThat(answer(client).get("bundle").asText()).startsWith(SECOND + "@");
      assertThat(client.get(Client.path(TENANT)).json().at("/bundle/name").asText())
          .isEqualTo(SECOND);
      assertThat(client.get("/api/v1/version").json().at("/bundle/name").asText())
          .isEqualTo(SECOND);

      // When
      change(client, "{\"action\":\"ROLLBACK\"}");

      // Then all is as it was, to the bit
      await(client, now -> isServing(now, FIRST));
      assertThat(answer(client).get("labels")).isEqualTo(answer.get("labels"));
      assertThat(client.get(BUNDLES).json().get("history").findValuesAsText("action"))
          .containsExactlyElementsOf(List.of("SHADOW", "PROMOTE", "ROLLBACK"));
    }
  }

  @Test
  void shouldStayWhenABundleCannotBeUsed(@TempDir Path bundles) throws IOException {
    try (ApiFixture.Other other =
        API.other(
            "refused",
            directory,
            Map.of("bundle", ShippedBundles.DRIFT_V1, "topics.bundles", "refused-bundles"))) {
      Client client = other.client();

      assertThat(client.post(BUNDLES, "{}").json().get("field").asText()).isEqualTo("action");
      assertThat(client.post(BUNDLES, "{\"action\":\"SHADOW\"}").json().get("field").asText())
          .isEqualTo("bundle");
      assertThat(client.post(BUNDLES, "{\"action\":\"DELETE\"}").code()).isEqualTo("INVALID");
      assertConflict(client, "{\"action\":\"PROMOTE\"}", "none is in shadow");
      assertConflict(client, "{\"action\":\"ROLLBACK\"}", "one that served before");
      assertConflict(
          client,
          "{\"action\":\"SHADOW\",\"bundle\":\"/there/is/no/such/bundle\"}",
          "/there/is/no/such/bundle");
      assertConflict(
          client,
          "{\"action\":\"PROMOTE\",\"bundle\":\"classpath:bundles/%s\",\"bundleId\":\"x@1\"}"
              .formatted(SECOND),
          "bundleId: expected " + SECOND);
      assertThat(client.get(BUNDLES).json().get("history")).isEmpty();

      // What only loading shows is in the history with its reason.
      change(
          client,
          "{\"action\":\"SHADOW\",\"bundle\":\"%s\"}"
              .formatted(TestBundles.write(bundles, "without-encoder")));
      JsonNode refused =
          await(client, now -> now.at("/history/0/outcome").asText().equals("REFUSED"));
      assertThat(refused.at("/history/0/why").asText()).contains("encoder");
      JsonNode attention = client.get("/api/v1/overview").json().at("/attention/0");
      assertThat(attention.get("code").asText()).isEqualTo("BUNDLE_REFUSED");
      assertThat(attention.get("text").asText()).contains("without-encoder", "encoder");
      assertThat(attention.get("action").asText()).isNotBlank();
      change(client, "{\"action\":\"SHADOW\",\"bundle\":\"classpath:bundles/" + SECOND + "\"}");

      JsonNode after =
          await(client, now -> now.path("candidate").path("name").asText().equals(SECOND));

      assertThat(after.get("candidate").get("mode").asText()).isEqualTo("SHADOW");
      assertThat(after.get("current").get("name").asText()).isEqualTo(FIRST);
    }
  }

  private static void assertConflict(Client client, String body, String why) {
    Answer answer = client.post(BUNDLES, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("CONFLICT");
    assertThat(answer.json().get("message").asText()).contains(why);
  }

  private static boolean isServing(JsonNode bundles, String name) {
    return bundles.get("current").get("name").asText().equals(name)
        && bundles.get("candidate").isNull();
  }

  private static void change(Client client, String body) {
    Answer answer = client.post(BUNDLES, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.json().get("offset").asLong()).isNotNegative();
  }

  private static JsonNode await(Client client, Predicate<JsonNode> there) {
    JsonNode[] last = new JsonNode[1];
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              last[0] = client.get(BUNDLES).json();
              JsonNode progress = last[0].at("/candidate/progress");
              if (progress.path("visited").asLong() == 0 && progress.path("tenants").asLong() > 0) {
                assertThat(progress.get("fraction").asDouble()).as("of %s", progress).isZero();
              }
              return there.test(last[0]);
            });
    return last[0];
  }

  private static JsonNode answer(Client client) {
    return client.post(Client.path(TENANT) + "/predict", "{\"text\":\"they took my card\"}").json();
  }

  private static void ask(Client client, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(
              client
                  .post(Client.path(TENANT) + "/queries", "{\"text\":\"they took my card\"}")
                  .status())
          .isEqualTo(202);
    }
  }
}
