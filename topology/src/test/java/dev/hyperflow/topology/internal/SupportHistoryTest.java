package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SupportHistoryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] NO_AVRO = {9, 9, 9};

  private final String topic = TestBroker.freshName("history");
  private final List<Event> events = new ArrayList<>();

  @Test
  void shouldReadEveryEventOfATenantInItsOrderAndCountRefusals() throws Exception {
    // Given
    createTopic();
    try (Producer<byte[], byte[]> producer = TestBroker.producer();
        Serializer<Object> values = config(topic).serializer()) {
      for (int i = 0; i < 100; i++) {
        byte[] value =
            values.serialize(topic, TopologyFixture.example("e" + i, "label", (float) i));
        send(producer, "tenant-" + i % 3, value);
      }
      send(producer, "tenant-0", NO_AVRO);
      send(producer, "tenant-1", null);
    }

    // When
    long refused = new SupportHistory(config(topic), topic, PATIENCE).read(events::add);

    // Then
    assertThat(refused).isEqualTo(1);
    assertThat(events).hasSize(101);
    assertThat(events)
        .filteredOn(event -> event instanceof Event.Add && event.tenant().equals("tenant-2"))
        .extracting(event -> ((Event.Add) event).eventId())
        .containsExactly(
            IntStream.iterate(2, i -> i < 100, i -> i + 3)
                .mapToObj(i -> "e" + i)
                .toArray(String[]::new));
    assertThat(events).filteredOn(event -> event instanceof Event.ForgetTenant).hasSize(1);
  }

  @Test
  void shouldFindNothingInAnEmptyTopic() throws Exception {
    createTopic();

    assertThat(new SupportHistory(config(topic), topic, PATIENCE).read(events::add)).isZero();
    assertThat(events).isEmpty();
  }

  @Test
  void shouldNameATopicThatIsNotThere() {
    SupportHistory history =
        new SupportHistory(config(topic), "no-such-topic", Duration.ofSeconds(2));

    assertThatThrownBy(() -> history.read(events::add))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("topic 'no-such-topic': expected");
  }

  private void createTopic() throws Exception {
    TestBroker.createTopics(2, List.of(topic));
    await().ignoreExceptions().until(() -> TestBroker.partitions(topic) == 2);
  }

  private void send(Producer<byte[], byte[]> producer, String tenant, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, tenant.getBytes(UTF_8), value)).get();
  }

  private static ApplicationConfig config(String support) {
    return ApplicationConfig.of(
        Map.of(
            "bootstrap.servers",
            TestBroker.bootstrapServers(),
            "schema.registry.url",
            "mock://support-history",
            "topics.support",
            support));
  }
}
