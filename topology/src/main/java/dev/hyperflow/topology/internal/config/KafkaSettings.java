package dev.hyperflow.topology.internal.config;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.batch.FailWholeBatch;
import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import dev.hyperflow.topology.internal.state.RestorableStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/**
 * The settings of Kafka Streams and its clients: what the prefix {@value #PREFIX} passes on, and
 * what this application needs of it.
 */
final class KafkaSettings {
  /** Settings that go, without the prefix, to Kafka Streams and its clients. */
  static final String PREFIX = "kafka.";

  // Handlers of errors are not a matter of taste here. A failed record would take its whole batch
  // with it, and an output that is skipped is an answer lost in a transaction that commits: refused
  // records have their own way, so whatever still fails must roll back. Kafka's own dead letters
  // would quote the record that is current, which after a batch is the wrong one.

  /** An idle thread that polls more often takes twice the processor time. */
  private static final int MIN_POLL_MILLIS = 5;

  private static final int MAX_POLL_MILLIS = 100;

  /** Kafka Streams' own transaction timeout. */
  private static final int TRANSACTION_MILLIS = 10_000;

  private static final Duration DEFAULT_SESSION = Duration.ofSeconds(45);

  private static final double SHARE_OF_TRANSACTION = 0.4;

  /** What topics take unless told otherwise. */
  private static final int CHANGELOG_BYTES = (1 << 20) + 12;

  /** {@code buffer.memory} unless told otherwise. */
  private static final int PRODUCER_BUFFER = 32 << 20;

  /** Settings of this application, by the names that Kafka has for them. */
  private static final Map<String, String> OWNED =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG, ClusterDefinition.APPLICATION_ID,
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, ClusterDefinition.BOOTSTRAP_SERVERS,
          StreamsConfig.NUM_STREAM_THREADS_CONFIG, RuntimeDefinition.STREAM_THREADS,
          StreamsConfig.STATE_DIR_CONFIG, RuntimeDefinition.STATE_DIR,
          StreamsConfig.PROCESSING_GUARANTEE_CONFIG, RuntimeDefinition.PROCESSING_GUARANTEE);

  private static final Set<String> HANDLERS =
      Set.of(
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "default.production.exception.handler",
          StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);

  /** Until Kafka 5.0 makes it the default; without it, each look at the settings logs a warning. */
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /** Where the streams group protocol keeps what was a setting of the client. */
  private static final Map<String, String> GROUP_SETTINGS =
      Map.of(
          "num.standby.replicas", "streams.num.standby.replicas",
          "session.timeout.ms", "streams.session.timeout.ms",
          "heartbeat.interval.ms", "streams.heartbeat.interval.ms");

  private static final Set<String> CLASSIC_ONLY =
      Set.of(
          "group.instance.id",
          "partition.assignment.strategy",
          "max.warmup.replicas",
          "acceptable.recovery.lag",
          "probing.rebalance.interval.ms",
          "task.assignor.class");

  private static final List<String> CONSUMER_PREFIXES = List.of("main.consumer.", "consumer.");

  private KafkaSettings() {}

  /**
   * Refuses a setting of this application under Kafka's name.
   *
   * @param name with {@link #PREFIX}
   * @throws ConfigException with the name to use
   */
  static void requireNotOwned(String name) {
    String own = OWNED.get(name.substring(PREFIX.length()));
    if (own != null) {
      throw new ConfigException(name + ": expected the setting without this prefix as " + own);
    }
  }

  /** All names that Kafka Streams and its clients define, without {@link #PREFIX}. */
  static Set<String> names() {
    Set<String> names = new HashSet<>(StreamsConfig.configDef().names());
    for (String name : ConsumerConfig.configNames()) {
      names.add(name);
      names.add(StreamsConfig.consumerPrefix(name));
      names.add(StreamsConfig.mainConsumerPrefix(name));
      names.add(StreamsConfig.restoreConsumerPrefix(name));
      names.add(StreamsConfig.globalConsumerPrefix(name));
    }
    for (String name : ProducerConfig.configNames()) {
      names.add(name);
      names.add(StreamsConfig.producerPrefix(name));
    }
    for (String name : AdminClientConfig.configNames()) {
      names.add(name);
      names.add(StreamsConfig.adminClientPrefix(name));
    }
    return names;
  }

  /** The configuration of Kafka Streams. */
  static Properties streams(
      ParsedSettings parsed, RuntimeSettings runtime, BatchSettings batching) {
    Properties streams = new Properties();
    putDefaults(streams, batching);
    if (!runtime.isExactlyOnce()) {
      // What a producer has taken back must not be learned. Kafka Streams sees to it exactly once.
      streams.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    }
    streams.putAll(parsed.originalsWithPrefix(PREFIX));
    streams.put(StreamsConfig.APPLICATION_ID_CONFIG, ClusterDefinition.applicationId(parsed));
    streams.put(
        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
        String.join(",", ClusterDefinition.brokers(parsed)));
    streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, runtime.guarantee());
    streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, runtime.streamThreads());
    streams.put(StreamsConfig.STATE_DIR_CONFIG, runtime.stateDirectory());
    streams.put(BoundedRocksDbMemory.MEMORY_MB, runtime.stateMemoryMebibytes());
    streams.put(RestorableStore.RESTORE_DAMAGED, runtime.restoresDamaged());
    return streams;
  }

  /** Sets what may be overridden. */
  private static void putDefaults(Properties streams, BatchSettings batching) {
    streams.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    streams.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDbMemory.class.getName());
    streams.put(
        StreamsConfig.POLL_MS_CONFIG,
        batching.gathers()
            ? Math.max(MIN_POLL_MILLIS, Math.min(batching.lingerMillis(), MAX_POLL_MILLIS))
            : MAX_POLL_MILLIS);
    streams.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailWholeBatch.class.getName());
    // There is no global thread. Kafka warns whenever it reads settings that leave this out, also
    // for the assignor of each main consumer.
    streams.put(GLOBAL_HANDLER, true);
    streams.put(StreamsConfig.mainConsumerPrefix(GLOBAL_HANDLER), true);
    streams.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class.getName());
    // Changelogs carry the timestamps of inputs: they must not refuse what an input topic took.
    streams.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    // What fits an input fits the inbox, whatever the brokers take by default.
    streams.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(CHANGELOG_BYTES));
  }

  /** The most bytes of a record: what the settings say, or else what a producer can hold. */
  static int mostRecordBytes(Properties streams) {
    Map<String, Object> producer = new StreamsConfig(streams).getProducerConfigs("records");
    Object most =
        producer.getOrDefault(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            producer.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER));
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(String.valueOf(most)));
  }

  /** Has producers send records of this size, unless the settings bound it. */
  static void send(Properties streams, int bytes) {
    if (!new StreamsConfig(streams)
        .getProducerConfigs("records")
        .containsKey(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)) {
      streams.put(
          StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
          Math.max(bytes, CHANGELOG_BYTES));
    }
  }

  /**
   * Reads the settings as Kafka's clients will.
   *
   * @throws ConfigException with one line, under the name that the setting has here
   */
  static void requireUsable(Properties streams) {
    try {
      StreamsConfig config = new StreamsConfig(streams);
      Map<String, Object> consumer = config.getMainConsumerConfigs("check", "check", 0);
      consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      Map<String, Object> producer = config.getProducerConfigs("check");
      producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      new ConsumerConfig(consumer);
      new ProducerConfig(producer);
      new AdminClientConfig(config.getAdminConfigs("check"));
    } catch (KafkaException e) {
      throw new ConfigException(
          PREFIX + "*: " + Causes.rootMessage(e).lines().findFirst().orElse(""));
    }
  }

  /** The name of its own by which the brokers know the instance. */
  static Optional<String> staticId(Properties streams) {
    return ofConsumer(streams, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
        .map(id -> id.replaceFirst("-0$", "")); // which Kafka Streams adds for its first thread
  }

  /** What the ids of clients begin with; Kafka Streams makes one up where none is set. */
  static Optional<String> clientId(Properties streams) {
    return Optional.of(new StreamsConfig(streams).getString(StreamsConfig.CLIENT_ID_CONFIG))
        .filter(id -> !id.isEmpty());
  }

  /** How long the brokers wait for a word of a member. */
  static Duration session(Properties streams) {
    return ofConsumer(streams, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
        .map(Long::parseLong)
        .map(Duration::ofMillis)
        .orElse(DEFAULT_SESSION);
  }

  private static Optional<String> ofConsumer(Properties streams, String name) {
    return Optional.ofNullable(
            new StreamsConfig(streams).getMainConsumerConfigs("group", "client", 0).get(name))
        .map(String::valueOf);
  }

  /**
   * How long a stream thread may work between two commits: a part of the time after which the
   * brokers end its transaction, or of the like where there are no transactions.
   */
  static Duration workBetweenCommits(Properties streams) {
    Object timeout =
        new StreamsConfig(streams)
            .getProducerConfigs("budget")
            .getOrDefault(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return Duration.ofMillis(
        (long) (SHARE_OF_TRANSACTION * Long.parseLong(String.valueOf(timeout))));
  }

  /** The settings of a producer outside transactions: what is acknowledged is not lost. */
  static Map<String, Object> producer(Properties streams, String clientId) {
    Map<String, Object> producer = new StreamsConfig(streams).getProducerConfigs(clientId);
    producer
        .keySet()
        .removeIf(name -> name.startsWith("transactional.") || name.startsWith("internal."));
    producer.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return producer;
  }

  /** The settings of a consumer that is in no group and reads committed records only. */
  static Map<String, Object> reader(Properties streams, String clientId) {
    Map<String, Object> consumer = new StreamsConfig(streams).getRestoreConsumerConfigs(clientId);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Only a topic that was created anew leaves the reader without its place. All of it is new
    // then.
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return consumer;
  }

  /**
   * Refuses what would lose records or would be ignored.
   *
   * @param passed settings without {@link #PREFIX}
   * @param applicationId for the message
   * @throws ConfigException with one line
   */
  static void requireAllowed(Map<String, Object> passed, String applicationId) {
    boolean streamsProtocol =
        "streams".equalsIgnoreCase(String.valueOf(passed.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)));
    passed.forEach(
        (name, value) -> {
          if (HANDLERS.contains(name)) {
            throw new ConfigException(
                "%s: expected no error handler, found %s. A record that it skips would take its batch"
                        .formatted(PREFIX + name, value)
                    + " with it. Refused records go to topics.dead-letters");
          }
          if (streamsProtocol && !"0".equals(String.valueOf(value))) {
            requireStreamsProtocolKnows(name, value, applicationId);
          }
        });
  }

  private static void requireStreamsProtocolKnows(String name, Object value, String applicationId) {
    String plain =
        CONSUMER_PREFIXES.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(prefix -> name.substring(prefix.length()))
            .orElse(name);
    if (GROUP_SETTINGS.containsKey(plain)) {
      throw new ConfigException(
          "%s: expected none with group.protocol=streams, found %s; set %s of group '%s' on the"
                  .formatted(PREFIX + name, value, GROUP_SETTINGS.get(plain), applicationId)
              + " brokers instead");
    }
    if (CLASSIC_ONLY.contains(plain) || plain.startsWith("rack.aware.assignment.")) {
      throw new ConfigException(
          "%s: expected none with group.protocol=streams, found %s; remove it or set"
                  .formatted(PREFIX + name, value)
              + " kafka.group.protocol=classic");
    }
  }
}
