package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolClientsTest {
  private static final String NOBODY = "127.0.0.1:9";

  @Test
  void shouldNotWaitLongerForBrokersThanConfigured() {
    ToolClients clients = clients("startup.timeout.ms", "200");

    try (KafkaConsumer<byte[], byte[]> reader = clients.reader();
        Producer<byte[], byte[]> sender = clients.sender()) {
      assertThatThrownBy(() -> reader.partitionsFor("support"))
          .isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> sender.send(new ProducerRecord<>("support", new byte[0])).get())
          .hasMessageContaining("after 200 ms");
    }
  }

  @Test
  void shouldJoinNoGroupAndStartNoTransaction() {
    ToolClients clients = clients();

    try (KafkaConsumer<byte[], byte[]> reader = clients.reader();
        Producer<byte[], byte[]> sender = clients.sender()) {
      assertThatThrownBy(reader::groupMetadata).hasMessageContaining("group.id");
      assertThatThrownBy(sender::beginTransaction).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldRefuseSettingsThatNoClientCanUse() {
    ToolClients clients =
        clients(
            "kafka.security.protocol", "SSL",
            "kafka.ssl.truststore.location", "/no/such/store.jks");

    assertThatThrownBy(clients::reader)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("brokers: expected an answer from " + NOBODY)
        .hasMessageContaining("/no/such/store.jks");
    assertThatThrownBy(clients::sender).isInstanceOf(StartupException.class);
  }

  @Test
  void shouldNameBrokersAndRootWhenThereIsNoAnswer() {
    KafkaException thrown = new KafkaException("outer", new IllegalStateException("no\nroute"));

    assertThat(clients().noAnswer(thrown))
        .hasMessage("brokers: expected an answer from %s, found: no route", NOBODY)
        .hasCause(thrown);
  }

  @Test
  void shouldNameTheRegistryWhenThatIsAway() {
    ToolClients clients =
        clients("schema.registry.url", "http://" + NOBODY, "startup.timeout.ms", "1000");
    try (Serializer<Object> writer = clients.writer()) {
      Object value = TopologyFixture.example("e1", "billing", 1f);

      assertThatThrownBy(() -> writer.serialize("support", value))
          .isInstanceOfSatisfying(
              KafkaException.class,
              thrown ->
                  assertThat(clients.noAnswer(thrown))
                      .hasMessageStartingWith(
                          "registry: expected an answer from schema.registry.url, found: ")
                      .hasMessageContaining(NOBODY));
    }
  }

  @Test
  void shouldReadWhatItWrites() {
    try (Serializer<Object> writer = clients().writer();
        Deserializer<?> values = clients().values()) {
      Object value = TopologyFixture.example("e1", "billing", 1f);

      assertThat(values.deserialize("support", writer.serialize("support", value)))
          .isEqualTo(value);
    }
  }

  private static ToolClients clients(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", NOBODY);
    settings.put("schema.registry.url", "mock://tool-clients");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new ToolClients(ApplicationConfig.of(settings));
  }
}
