package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class PredictBatchTest {
  private static final String TENANT = "batch";
  private static final String PATH = Client.path(TENANT) + "/predictions";

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  @BeforeAll
  static void teach() {
    API.client().teach(TENANT, "e1", "cards", "my card was stolen");
    API.client().teach(TENANT, "e2", "loans", "what is the rate of a mortgage");
  }

  @Test
  void shouldAnswerEachTextAsIfItWereAskedAlone() {
    Client client = API.client();

    JsonNode batch =
        client
            .post(
                PATH,
                """
                {"queries": [{"id": "a", "text": "they took my card"},
                             {"text": "borrow for a house"},
                             {"id": "c", "text": "they took my card"}], "topK": 2}
                """)
            .json();

    assertThat(batch.get("answers")).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode item = batch.get("answers").get(i);
      String text = i == 1 ? "borrow for a house" : "they took my card";
      JsonNode alone =
          client
              .post(
                  Client.path(TENANT) + "/predict", "{\"text\":\"%s\",\"topK\":2}".formatted(text))
              .json();
      assertThat(item.get("labels")).isEqualTo(alone.get("labels"));
      assertThat(item.get("label")).isEqualTo(alone.get("label"));
      assertThat(item.get("scope")).isEqualTo(alone.get("scope"));
      assertThat(batch.get("fingerprint")).isEqualTo(alone.get("fingerprint"));
      assertThat(batch.get("bundle")).isEqualTo(alone.get("bundle"));
    }
    assertThat(batch.at("/answers/0/id").asText()).isEqualTo("a");
    assertThat(batch.at("/answers/1/id").isNull()).isTrue();
  }

  @Test
  void shouldRefuseOneTextAndAnswerTheOthers() {
    JsonNode answers =
        API.client()
            .post(
                PATH,
                """
                {"queries": [{"text": " "}, {"text": "card"}, {}, {"features": [1, 2]}]}
                """)
            .json()
            .get("answers");

    assertThat(answers.at("/0/refusal/message").asText()).startsWith("queries[0].text: expected");
    assertThat(answers.at("/0/status").isNull()).isTrue();
    assertThat(answers.at("/1/status").asText()).isEqualTo("PERSONALISED");
    assertThat(answers.at("/1/refusal").isNull()).isTrue();
    assertThat(answers.at("/2/refusal/message").asText()).contains("expected one of them");
    assertThat(answers.at("/3/refusal/reason").asText()).isEqualTo("WRONG_DIMENSION");
  }

  @Test
  void shouldRefuseABatchThatIsEmptyOrTooLarge() {
    try (HttpServer server = API.server(Map.of("http.batch-queries", "2"))) {
      Client client = new Client(server.url(), null);

      assertRefused(client.post(PATH, "{\"queries\": []}"), 400, "queries: expected at least one");
      assertRefused(client.post(PATH, "{\"queries\": null}"), 400, "queries");
      assertRefused(client.post(PATH, "{\"queries\": [null]}"), 400, "queries[0]");
      assertRefused(
          client.post(PATH, "{\"queries\": [{\"text\":\"a\"},{\"text\":\"b\"},{\"text\":\"c\"}]}"),
          422,
          "queries: expected at most 2, found 3");
    }
  }

  private static void assertRefused(Answer answer, int status, String message) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().get("message").asText()).startsWith(message);
  }
}
