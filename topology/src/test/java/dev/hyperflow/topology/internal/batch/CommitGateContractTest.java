package dev.hyperflow.topology.internal.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.state.NamePrefix;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link CommitGate} relies on in the internals of Kafka Streams, against a real broker. When
 * this fails after an upgrade of Kafka, {@code batch.durability=gate} loses records: do not adapt
 * the test, find the new order of a commit.
 *
 * <p>The processor here keeps records in a field, and nothing but the gate ever drains them.
 */
@Timeout(300)
class CommitGateContractTest {
  private static final int RECORDS = 100;

  @TempDir Path directory;
  private final String id = TestBroker.freshName("gate");
  private final List<Long> committedWhileDraining = new CopyOnWriteArrayList<>();
  private final AtomicInteger drained = new AtomicInteger();
  private final AtomicInteger crashes = new AtomicInteger();
  private final List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
  private Admin admin;

  @BeforeEach
  void createTopics() throws Exception {
    TestBroker.createTopics(1, List.of(id + "-in", id + "-out"));
    admin = TestBroker.admin();
  }

  @AfterEach
  void closeAdmin() {
    admin.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldDrainBeforeOffsetsAreCommitted(String guarantee) {
    send();
    try (KafkaStreams streams = start(guarantee, 20)) {
      await(() -> committedOffset() >= RECORDS);

      assertThat(streams.state()).isEqualTo(KafkaStreams.State.RUNNING);
      // No offset of a record was committed when its turn came, and all are out now.
      assertThat(committedWhileDraining).isNotEmpty().first().isEqualTo(0L);
      assertThat(drained.get()).isEqualTo(RECORDS);
      assertThat(outputs()).containsExactlyElementsOf(sent());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldCommitNothingWhenTheDrainCrashes(int times) {
    crashes.set(times);
    send();
    try (KafkaStreams streams = start("exactly_once_v2", 20)) {
      await(() -> committedOffset() >= RECORDS);

      assertThat(streams.metadataForLocalThreads()).hasSize(1);
      assertThat(crashes.get()).isZero();
      assertThat(committedWhileDraining.subList(0, times)).containsOnly(0L);
      assertThat(outputs()).containsExactlyElementsOf(sent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldDrainOnACleanClose(String guarantee) {
    AtomicInteger processed = new AtomicInteger();
    send();
    try (KafkaStreams streams = start(guarantee, 9_000, processed)) {
      await(() -> processed.get() == RECORDS);
      assertThat(drained.get()).isZero();

      streams.close(Duration.ofSeconds(20));
    }

    assertThat(committedWhileDraining).first().isEqualTo(0L);
    assertThat(committedOffset()).isGreaterThanOrEqualTo(RECORDS);
    assertThat(outputs()).containsExactlyElementsOf(sent());
  }

  private KafkaStreams start(String guarantee, int commitMillis) {
    return start(guarantee, commitMillis, new AtomicInteger());
  }

  private KafkaStreams start(String guarantee, int commitMillis, AtomicInteger processed) {
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), id + "-in");
    topology.addProcessor("hold", new Holding(processed), "in");
    topology.addSink(
        "out", id + "-out", new ByteArraySerializer(), new ByteArraySerializer(), "hold");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    settings.put("consumer.session.timeout.ms", 1000);
    settings.put("consumer.heartbeat.interval.ms", 200);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(thrown -> StreamThreadExceptionResponse.REPLACE_THREAD);
    streams.start();
    return streams;
  }

  private void send() {
    try (Producer<byte[], byte[]> producer = TestBroker.producer()) {
      for (String value : sent()) {
        acknowledged.add(producer.send(new ProducerRecord<>(id + "-in", value.getBytes(UTF_8))));
      }
    }
  }

  private static List<String> sent() {
    return IntStream.range(0, RECORDS).mapToObj(i -> "r" + i).toList();
  }

  private List<String> outputs() {
    return TestBroker.committed(id + "-out").stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  /** 0 when none is committed yet. */
  private long committedOffset() {
    try {
      OffsetAndMetadata offset =
          admin
              .listConsumerGroupOffsets(id)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(new TopicPartition(id + "-in", 0));
      return offset == null ? 0 : offset.offset();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  /** Keeps records in a field until the gate drains them, also into a store that is not cached. */
  private final class Holding implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    private final AtomicInteger processed;

    Holding(AtomicInteger processed) {
      this.processed = processed;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          CommitGate.builder(NamePrefix.NONE),
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore("a-store"), Serdes.ByteArray(), Serdes.ByteArray())
              .withCachingDisabled());
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
      return new Processor<>() {
        private final List<Record<byte[], byte[]>> held = new ArrayList<>();
        private ProcessorContext<byte[], byte[]> context;
        private KeyValueStore<byte[], byte[]> store;
        private RuntimeException failure;

        @Override
        public void init(ProcessorContext<byte[], byte[]> newContext) {
          context = newContext;
          store = newContext.getStateStore("a-store");
          CommitGate.attach(newContext, NamePrefix.NONE, this::drain);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
          held.add(record);
          processed.incrementAndGet();
        }

        private void drain() {
          if (failure != null) {
            throw failure;
          }
          if (held.isEmpty()) {
            return;
          }
          committedWhileDraining.add(committedOffset());
          for (Record<byte[], byte[]> record : held) {
            store.put(record.value(), record.value());
            context.forward(record);
            if (crashes.get() > 0) {
              crashes.decrementAndGet();
              failure = new IllegalStateException("a crash that the test asked for");
              throw failure;
            }
          }
          drained.addAndGet(held.size());
          held.clear();
        }
      };
    }
  }

  @Test
  void shouldNeedNoChangelog() {
    StoreBuilder<CommitGate> builder = CommitGate.builder(NamePrefix.NONE);

    assertThat(builder.name()).isEqualTo(StoreNames.COMMIT_GATE);
    assertThat(builder.loggingEnabled()).isFalse();
    assertThat(builder.build().persistent()).isFalse();
  }
}
