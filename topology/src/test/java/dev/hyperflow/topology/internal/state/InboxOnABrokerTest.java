package dev.hyperflow.topology.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an {@link Inbox} writes to its changelog, against a real broker. When this fails after an
 * upgrade of Kafka, no record is lost, but each commit waits for the broker once a task.
 */
@Timeout(120)
class InboxOnABrokerTest {

  @TempDir Path directory;
  private final String id = TestBroker.freshName("inbox");
  private int sent;

  @BeforeEach
  void createTopics() throws Exception {
    TestBroker.createTopics(1, List.of(id + "-in", id + "-out"));
  }

  @Test
  void shouldWriteOnlyWhatIsPendingAtACommit() throws Exception {
    try (KafkaStreams streams = start()) {
      send("pass", 100);
      awaitCommit();
      assertThat(changelog()).isEmpty();

      send("keep", 1);
      awaitCommit();
      assertThat(changelog()).singleElement().extracting(ConsumerRecord::value).isNotNull();

      send("drop", 1);
      awaitCommit();
      assertThat(changelog()).hasSize(2).last().extracting(ConsumerRecord::value).isNull();

      send("pass", 1);
      awaitCommit();
      assertThat(changelog()).hasSize(2);
      assertThat(streams.state()).isEqualTo(KafkaStreams.State.RUNNING);
    }
  }

  private KafkaStreams start() {
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), id + "-in");
    topology.addProcessor("use", new Using(), "in");
    topology.addSink(
        "out", id + "-out", new ByteArraySerializer(), new ByteArraySerializer(), "use");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put("consumer.session.timeout.ms", 1000);
    settings.put("consumer.heartbeat.interval.ms", 200);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.start();
    return streams;
  }

  private void send(String what, int times) throws Exception {
    try (Producer<byte[], byte[]> producer = TestBroker.producer()) {
      for (int i = 0; i < times; i++) {
        producer.send(new ProducerRecord<>(id + "-in", what.getBytes(UTF_8))).get();
      }
    }
    sent += times;
  }

  private void awaitCommit() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> TestBroker.committed(id + "-out").size() == sent);
  }

  private List<ConsumerRecord<byte[], byte[]>> changelog() {
    return TestBroker.committed(id + "-" + StoreNames.INBOX + "-changelog");
  }

  /** Keeps and removes records as their values say. */
  private static final class Using implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Inbox.builder(NamePrefix.NONE, true));
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new Processor<>() {
        private ProcessorContext<byte[], byte[]> context;
        private Inbox inbox;
        private int slot;

        @Override
        public void init(ProcessorContext<byte[], byte[]> newContext) {
          context = newContext;
          inbox = Inbox.open(newContext, NamePrefix.NONE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
          String what = new String(record.value(), UTF_8);
          if (!what.equals("drop")) {
            SourceRecord source = new SourceRecord("in", 0, 0, 0, null, record.value());
            slot = inbox.keep(source, record.headers()).getAsInt();
          }
          if (!what.equals("keep")) {
            inbox.remove(slot);
          }
          context.forward(record);
        }
      };
    }
  }
}
