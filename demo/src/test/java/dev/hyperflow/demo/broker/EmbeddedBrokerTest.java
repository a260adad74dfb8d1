package dev.hyperflow.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.errors.StartupException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {

  private static final String TOPIC = "letters";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  @TempDir Path directory;

  @Test
  void shouldCarryRecordsAndKeepThemOverARestartInTheSameJvm() throws Exception {
    // Given
    String address;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      address = broker.bootstrapServers();
      createTopic(broker);
      produceInTransaction(broker, "a", "b");
      assertThat(read(broker, 2)).containsExactly("a", "b");
    }

    // When
    try (EmbeddedBroker again = EmbeddedBroker.start(directory, Utils.getPort(address))) {
      produceInTransaction(again, "c");

      // Then
      assertThat(again.bootstrapServers()).isEqualTo(address);
      assertThat(read(again, 3)).containsExactly("a", "b", "c");
    }
  }

  @Test
  void shouldNameThePortThatIsTaken() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "--port: expected a free port on 127.0.0.1, found %d taken; stop its listener or choose"
                  + " another port, 0 for any",
              taken.getLocalPort());
    }
  }

  @Test
  void shouldStandNextToASecondBrokerButNotInItsDirectory() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(directory.resolve("first"), 0);
        EmbeddedBroker second = EmbeddedBroker.start(directory.resolve("second"), 0)) {
      createTopic(first);
      createTopic(second);
      produceInTransaction(second, "only here");

      assertThat(read(second, 1)).containsExactly("only here");
      assertThat(endOffset(first)).isZero();
      assertThatThrownBy(() -> EmbeddedBroker.start(directory.resolve("first"), 0))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("is in use by another broker");
    }
  }

  @Test
  void shouldListenOnTheLoopbackAddressOnly() {
    Map<String, String> properties = BrokerProperties.of(directory, 1234, 1235);

    assertThat(properties.get("listeners"))
        .isEqualTo("PLAINTEXT://127.0.0.1:1234,CONTROLLER://127.0.0.1:1235");
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(client(broker))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produceInTransaction(EmbeddedBroker broker, String... values)
      throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
    try (Producer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
      }
      producer.commitTransaction();
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    List<String> values = new ArrayList<>();
    try (Consumer<String, String> consumer = consumer(broker)) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(r.value()));
                return values.size() >= count;
              });
    }
    return values;
  }

  private static long endOffset(EmbeddedBroker broker) {
    try (Consumer<String, String> consumer = consumer(broker)) {
      return consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
    }
  }

  private static Consumer<String, String> consumer(EmbeddedBroker broker) {
    return new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer());
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    return Map.of(
        "bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
  }
}
