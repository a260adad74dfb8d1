package dev.hyperflow.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that are refused, and a tenant that is where its key is not. */
@Timeout(300)
class NamesOverHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PARTITIONS = 2;

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  private final Client client = API.client();
  private final String tenant = "names-" + UUID.randomUUID();

  @Test
  void shouldRefuseNamesInTheWordsOfDeadLetters() {
    Answer label = example(tenant, "bill\u200Bing");
    Answer spaced = example(tenant + " ", "billing");
    Answer apart = example("cafe\u0301" + tenant, "billing");

    assertThat(label.status()).isEqualTo(400);
    assertThat(label.json().get("reason").asText()).isEqualTo("INVISIBLE_SIGN");
    assertThat(label.json().get("field").asText()).isEqualTo("label");
    assertThat(label.json().get("message").asText()).contains("U+200B ZERO WIDTH SPACE at 4");
    assertThat(label.json().get("hint").asText()).isNotBlank();
    assertThat(spaced.json().get("reason").asText()).isEqualTo("KEY_NOT_NORMAL");
    assertThat(apart.json().get("reason").asText()).isEqualTo("KEY_NOT_NORMAL");
    assertThat(client.get("/api/v1/reasons").json().get("reasons").findValuesAsText("reason"))
        .contains("INVISIBLE_SIGN", "KEY_NOT_NORMAL", "DUPLICATE");
  }

  @Test
  void shouldForgetATenantInEveryPartition() throws Exception {
    // Given a tenant that two producers put into two partitions
    sendToEveryPartition();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> remains().get("byStore").path("tenant-meta").asInt() == PARTITIONS);
    assertThat(remains().get("partitions").asInt()).isEqualTo(PARTITIONS);

    // Then the tenant itself says where its parts are
    JsonNode detail = client.get(Client.path(tenant)).json();
    assertThat(detail.get("places").findValuesAsText("examples")).hasSize(PARTITIONS);
    assertThat(detail.get("places").findValues("ofKey"))
        .extracting(JsonNode::asBoolean)
        .containsOnlyOnce(true);
    assertThat(detail.get("attention").get(0).get("code").asText()).isEqualTo("WRONG_PARTITION");
    assertThat(detail.get("attention").get(0).get("text").asText())
        .startsWith("The tenant is in %d partitions: 0 on ".formatted(PARTITIONS))
        .contains("(1 example, its key's)");

    // When
    assertThat(client.send("DELETE", Client.path(tenant), null).status()).isEqualTo(202);

    // Then
    Awaitility.await().atMost(PATIENCE).until(() -> remains().get("entries").asInt() == 0);
    assertThat(remains().get("byStore")).isEmpty();
  }

  @Test
  void shouldSayWhereATenantIsThatIsNotInThePartitionOfItsKey() throws Exception {
    int own = BuiltInPartitioner.partitionForKey(tenant.getBytes(UTF_8), PARTITIONS);
    sendTo((own + 1) % PARTITIONS);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> remains().get("byStore").path("tenant-meta").asInt() == 1);

    Answer answer = client.get(Client.path(tenant));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("message").asText())
        .contains(
            "in the partition of its key, found them elsewhere: %d on "
                .formatted((own + 1) % PARTITIONS));
    assertThat(client.get("/api/v1/attention").json().get("instances")).hasSize(1);
  }

  private JsonNode remains() {
    return client.get(Client.path(tenant) + "/remains").json();
  }

  private Answer example(String of, String label) {
    return client.post(
        Client.path(of) + "/support",
        ApiFixture.JSON
            .createObjectNode()
            .put("operation", "ADD")
            .put("label", label)
            .put("text", "I was charged twice")
            .toString());
  }

  private void sendToEveryPartition() throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sendTo(partition);
    }
  }

  private void sendTo(int partition) throws Exception {
    String topic = API.config().topics().support();
    SupportEvent event =
        SupportEvent.newBuilder()
            .setEventId("e1")
            .setOperation(SupportOperation.ADD)
            .setLabel("cards")
            .setPayload(new TextPayload("my card was stolen"))
            .build();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", API.settings().get("bootstrap.servers")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        Serializer<Object> values = API.config().serializer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, partition, tenant.getBytes(UTF_8), values.serialize(topic, event)))
          .get();
    }
  }
}
