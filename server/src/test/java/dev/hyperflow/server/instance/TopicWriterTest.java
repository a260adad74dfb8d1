package dev.hyperflow.server.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Problem;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes to Kafka's own mock of a producer; {@code SupportRoutesTest} writes to a broker. */
@Timeout(60)
class TopicWriterTest {
  private static final String TOPIC = "queries";
  private static final int PARTITIONS = 3;
  private static final byte[] KEY = "acme".getBytes(StandardCharsets.UTF_8);
  private static final QueryEvent QUERY = new QueryEvent("q1", new TextPayload("why twice?"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of(
              "application.id", "writing",
              "bootstrap.servers", "broker:9092",
              "schema.registry.url", "mock://topic-writer",
              "processing.guarantee", "at_least_once",
              "kafka.producer.acks", "1",
              "kafka.producer.linger.ms", "500"));

  private final List<Map<String, Object>> asked = new ArrayList<>();
  private MockProducer<byte[], byte[]> producer = acknowledging();
  private final TopicWriter writer = new TopicWriter(CONFIG, this::producer);

  @AfterEach
  void closeWriter() {
    writer.close();
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    asked.add(settings);
    return producer;
  }

  /** Places records as Kafka does when it has no key to go by: one partition after the other. */
  private static MockProducer<byte[], byte[]> acknowledging() {
    return mock(true, new RoundRobinPartitioner());
  }

  private static MockProducer<byte[], byte[]> mock(boolean acknowledges, Partitioner partitioner) {
    Node node = new Node(0, "broker", 9092);
    Node[] all = {node};
    List<PartitionInfo> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> new PartitionInfo(TOPIC, partition, node, all, all))
            .toList();
    Cluster cluster = new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
    return new MockProducer<>(
        cluster, acknowledges, partitioner, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Test
  void shouldWriteTheKeyAndTheSerializedValueToTheTopic() {
    // Given
    byte[] expected;
    try (Serializer<Object> serializer = CONFIG.serializer()) {
      expected = serializer.serialize(TOPIC, QUERY);
    }

    // When
    writer.write(TOPIC, KEY, QUERY, 1_700_000_000_000L);

    // Then
    assertThat(producer.history()).hasSize(1);
    ProducerRecord<byte[], byte[]> record = producer.history().get(0);
    assertThat(record.topic()).isEqualTo(TOPIC);
    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.value()).isEqualTo(expected);
    assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void shouldTellCallersInTimeWhileTheRegistryHangs() throws Exception {
    // Given a registry that takes connections and never answers
    try (ServerSocket registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + registry.getLocalPort();
      TopicWriter waiting =
          new TopicWriter(
              ApplicationConfig.of(
                  Map.of("bootstrap.servers", "broker:9092", "schema.registry.url", url)),
              this::producer);

      // Then the caller who asks it is told, and the next one, too
      for (int caller = 0; caller < 2; caller++) {
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> waiting.write(TOPIC, KEY, QUERY))
            .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.NOT_ACKNOWLEDGED));
      }
      try (Socket asked = registry.accept()) {
        assertThat(asked.isConnected()).isTrue();
      }
      waiting.close();
    }
  }

  @Test
  void shouldLeaveTheTimeToTheProducerWhenNoneIsGiven() {
    writer.write(TOPIC, KEY, QUERY);

    assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsOnlyNulls();
  }

  @Test
  void shouldLeaveThePartitionToTheProducerAndTellWhereTheRecordLies() {
    List<RecordMetadata> written =
        Stream.of("q1", "q2", "q3")
            .map(id -> writer.write(TOPIC, KEY, new QueryEvent(id, new TextPayload("why?"))))
            .toList();

    assertThat(producer.history()).extracting(ProducerRecord::partition).containsOnlyNulls();
    assertThat(written).extracting(RecordMetadata::partition).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(written).extracting(RecordMetadata::topic).containsOnly(TOPIC);
    assertThat(writer.write(TOPIC, KEY, QUERY).offset()).isEqualTo(1);
  }

  @Test
  void shouldMakeOneProducerThatLosesNothingItAcknowledged() {
    assertThat(asked).isEmpty();

    writer.write(TOPIC, KEY, QUERY);
    writer.write(TOPIC, KEY, QUERY);

    assertThat(asked).hasSize(1);
    assertThat(asked.get(0))
        .containsEntry("client.id", "writing-http")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("linger.ms", 0)
        .containsEntry("delivery.timeout.ms", 8_000)
        .containsEntry("request.timeout.ms", 4_000)
        .containsEntry("max.block.ms", 4_000)
        .doesNotContainKey("transactional.id");
  }

  @Test
  void shouldWaitForTheAcknowledgement() {
    producer = mock(false, new RoundRobinPartitioner());
    CompletableFuture<RecordMetadata> written = writing();
    Awaitility.await().atMost(PATIENCE).until(() -> producer.history().size() == 1);

    assertThat(written).isNotDone();
    producer.completeNext();

    assertThat(written).succeedsWithin(PATIENCE);
  }

  private CompletableFuture<RecordMetadata> writing() {
    return CompletableFuture.supplyAsync(() -> writer.write(TOPIC, KEY, QUERY, 7L));
  }

  static Stream<Arguments> answersOfTheBrokers() {
    return Stream.of(
        Arguments.of(new TimeoutException("late"), ErrorCode.NOT_ACKNOWLEDGED),
        Arguments.of(new NotEnoughReplicasException("one"), ErrorCode.NOT_ACKNOWLEDGED),
        Arguments.of(new TopicAuthorizationException(TOPIC), ErrorCode.NOT_CONFIGURED),
        Arguments.of(new AuthenticationException("who?"), ErrorCode.NOT_CONFIGURED),
        Arguments.of(new RecordTooLargeException("large"), ErrorCode.TOO_LARGE),
        Arguments.of(new InvalidTimestampException("old"), ErrorCode.INVALID));
  }

  @ParameterizedTest
  @MethodSource("answersOfTheBrokers")
  void shouldNameWhatTheBrokersAnswered(RuntimeException answer, ErrorCode expected) {
    // Given
    producer = mock(false, new RoundRobinPartitioner());
    CompletableFuture<RecordMetadata> written = writing();

    // When
    Awaitility.await().atMost(PATIENCE).until(() -> producer.errorNext(answer));

    // Then
    CompletionException e = catchThrowableOfType(CompletionException.class, written::join);
    assertThat(e.getCause()).isInstanceOf(ProblemException.class);
    assertThat(((ProblemException) e.getCause()).problem().code()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("answersOfTheBrokers")
  void shouldNameWhatTheProducerRefusedAtOnce(RuntimeException thrown, ErrorCode expected) {
    producer.sendException = thrown;

    assertThat(refusal().code()).isEqualTo(expected);
  }

  private Problem refusal() {
    return catchThrowableOfType(ProblemException.class, () -> writer.write(TOPIC, KEY, QUERY, 7L))
        .problem();
  }

  @Test
  void shouldAskToSendAgainWhatMayBeWrittenLater() {
    producer.sendException = new TimeoutException("no metadata");

    assertThat(refusal())
        .isEqualTo(
            new Problem(
                503,
                ErrorCode.NOT_ACKNOWLEDGED,
                "the brokers or the registry did not acknowledge in time",
                null,
                null,
                "send it again with the same id: it takes effect once",
                2_000L));
  }

  @Test
  void shouldNotAskToSendAgainWhatTheTopicNeverTakes() {
    producer.sendException = new RecordTooLargeException("large");
    assertThat(refusal().retryAfterMillis()).isNull();
    assertThat(refusal().message()).contains("max.message.bytes");

    producer.sendException = new TopicAuthorizationException(TOPIC);
    assertThat(refusal().retryAfterMillis()).isNull();
    assertThat(refusal().message()).contains("'" + TOPIC + "'");

    producer.sendException = new InvalidTimestampException("old");
    assertThat(refusal().field()).isEqualTo("timestamp");
    assertThat(refusal().message()).endsWith("found 7");
  }

  @Test
  void shouldNotBlameTheClientForTheClockOfTheServer() {
    producer.sendException = new InvalidTimestampException("ahead");

    assertThatThrownBy(() -> writer.write(TOPIC, KEY, QUERY))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.problem().code()).isEqualTo(ErrorCode.NOT_ACKNOWLEDGED);
              assertThat(thrown.problem().message()).contains("this server's clock");
            });
  }

  @Test
  void shouldGoOnAfterARefusal() {
    producer.sendException = new KafkaException("once");
    assertThat(refusal().code()).isEqualTo(ErrorCode.NOT_ACKNOWLEDGED);

    producer.sendException = null;
    writer.write(TOPIC, KEY, QUERY);

    assertThat(producer.history()).hasSize(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void shouldKeepTheInterruptOfAThreadThatWaits() {
    producer = mock(false, new RoundRobinPartitioner());
    Thread.currentThread().interrupt();

    Problem problem = refusal();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.code()).isEqualTo(ErrorCode.NOT_ACKNOWLEDGED);
  }

  @Test
  void shouldKeepTheInterruptThatTheProducerReports() {
    producer.sendException = new InterruptException("sending");

    Problem problem = refusal();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem.code()).isEqualTo(ErrorCode.NOT_ACKNOWLEDGED);
  }

  @Test
  void shouldCloseItsProducerAndWriteNoMore() {
    writer.write(TOPIC, KEY, QUERY);
    writer.close();
    writer.close();

    assertThat(producer.closed()).isTrue();
    assertThat(refusal())
        .isEqualTo(
            new Problem(
                503,
                ErrorCode.STARTING,
                "the application is stopping",
                null,
                null,
                "try again",
                2_000L));
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void shouldMakeNoProducerWhenItIsClosedUnused() {
    writer.close();

    assertThatThrownBy(() -> writer.write(TOPIC, KEY, QUERY))
        .isInstanceOf(ProblemException.class)
        .hasMessage("the application is stopping");
    assertThat(asked).isEmpty();
  }
}
