package dev.hyperflow.topology.internal.config;

import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The configuration of an application, checked when it is read.
 *
 * <p>Values may hold {@code ${env:NAME}} and {@code ${file:/path:key}}, resolved by Kafka's own
 * configuration providers. Keys that start with {@code kafka.} go to Kafka Streams and its clients
 * without the prefix, those that start with {@code serde.} to the serdes. Immutable.
 */
public final class ApplicationConfig {
  static final String SERDE = SettingNames.SERDE;

  private static final long MEBIBYTE = 1 << 20;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

  private static final Map<String, String> SECRET_PROVIDERS =
      Map.of(
          "config.providers", "env,file",
          "config.providers.env.class", EnvVarConfigProvider.class.getName(),
          "config.providers.file.class", FileConfigProvider.class.getName());

  private final Parsed parsed;
  private final EngineSettings engine;
  private final Map<String, ?> asGiven;
  private final Optional<HostInfo> advertised;

  private ApplicationConfig(Parsed parsed, Map<String, ?> asGiven, Optional<HostInfo> advertised) {
    this.parsed = parsed;
    this.asGiven = Map.copyOf(asGiven);
    this.advertised = advertised;
    this.engine =
        new EngineSettings(
            limits(parsed),
            memory(parsed),
            query(parsed),
            score(parsed),
            quality(parsed),
            parsed.getInt(SettingNames.QUALITY_REPORT_EVERY));
  }

  private static Limits limits(Parsed parsed) {
    return new Limits(
        parsed.getInt(SettingNames.ID_LENGTH),
        parsed.getInt(SettingNames.LABEL_LENGTH),
        parsed.getInt(SettingNames.TEXT_LENGTH),
        parsed.getInt(SettingNames.FEATURE_DIMENSION),
        parsed.getDouble(SettingNames.MAX_WEIGHT).floatValue());
  }

  private static MemorySettings memory(Parsed parsed) {
    return new MemorySettings(
        parsed.getInt(SettingNames.LABELS_PER_TENANT),
        parsed.getInt(SettingNames.EXAMPLES_PER_LABEL),
        parsed.getInt(SettingNames.EXAMPLES_PER_TENANT),
        parsed.getEnum(RingPolicy.class, SettingNames.MEMORY_POLICY),
        parsed.getEnum(FeaturePrecision.class, SettingNames.MEMORY_PRECISION),
        parsed.getDouble(SettingNames.DESCRIPTION_WEIGHT).floatValue());
  }

  private static QuerySettings query(Parsed parsed) {
    return new QuerySettings(
        parsed.getEnum(Consistency.class, SettingNames.CONSISTENCY),
        parsed.getDouble(SettingNames.INTEGRATIONS_PER_SECOND),
        parsed.getLong(SettingNames.FEEDBACK_WINDOW_MS),
        parsed.getInt(SettingNames.BACKGROUND_HEADS));
  }

  private static ScoreSettings score(Parsed parsed) {
    return new ScoreSettings(
        parsed.getInt(SettingNames.TOP_K),
        parsed.getDouble(SettingNames.ABSTAIN_BELOW).floatValue());
  }

  private static QualitySettings quality(Parsed parsed) {
    return new QualitySettings(
        parsed.getDouble(SettingNames.QUALITY_FADING),
        parsed.getDouble(SettingNames.DRIFT_DELTA),
        parsed.getDouble(SettingNames.DRIFT_LAMBDA),
        parsed.getInt(SettingNames.DRIFT_OBSERVATIONS));
  }

  /**
   * Reads settings.
   *
   * @throws ConfigException with one line that names the setting, its value and what was expected
   */
  public static ApplicationConfig of(Map<String, ?> settings) {
    settings.keySet().forEach(SettingNames::requireKnown);
    ApplicationConfig config =
        new ApplicationConfig(new Parsed(settings), settings, Optional.empty());
    config.requireResolved();
    config.requireDistinctTopics();
    KafkaSettings.requireAllowed(
        config.parsed.originalsWithPrefix(SettingNames.KAFKA_PREFIX),
        config.parsed.getString(SettingNames.APPLICATION_ID));
    return config;
  }

  /** A secret that was not found must not go out as its own placeholder. */
  private void requireResolved() {
    parsed
        .resolved()
        .forEach(
            (name, value) -> {
              if (value instanceof String text && PLACEHOLDER.matcher(text).find()) {
                throw new ConfigException(
                    name + ": expected a value for its ${…} placeholder, found none");
              }
            });
  }

  private void requireDistinctTopics() {
    Set<String> seen = new HashSet<>();
    for (String topic : topics().all()) {
      if (!seen.add(topic)) {
        throw new ConfigException(
            "topics.*: expected a topic of its own for each purpose, found '%s' twice"
                .formatted(topic));
      }
    }
  }

  /** Every setting with its type, default, range and meaning. */
  public static ConfigDef definition() {
    return Settings.definition();
  }

  /** The table of all settings, Markdown. */
  public static String table() {
    return SettingsTable.markdown(definition());
  }

  /** The same, and other instances of the application reach this one there. */
  public ApplicationConfig advertising(String host, int port) {
    return new ApplicationConfig(parsed, asGiven, Optional.of(new HostInfo(host, port)));
  }

  /** Where other instances reach this one, if it listens. */
  public Optional<HostInfo> applicationServer() {
    return advertised;
  }

  /** The HTTP server's settings. */
  public HttpSettings http() {
    return HttpDefinition.read(parsed);
  }

  /** Every setting with its value; secrets are not shown. */
  public List<SettingValue> values() {
    return SettingValue.all(parsed);
  }

  /** A serializer of Avro values, to be closed; for one thread at a time. */
  public Serializer<Object> serializer() {
    return valueSerdes().serializer();
  }

  /** The settings of a producer to the input topics: what is acknowledged is not lost. */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> producer = new StreamsConfig(streams()).getProducerConfigs(clientId);
    producer
        .keySet()
        .removeIf(name -> name.startsWith("transactional.") || name.startsWith("internal."));
    producer.remove("transaction.timeout.ms");
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return producer;
  }

  /** The topics. */
  public Topics topics() {
    return new Topics(
        parsed.getString(SettingNames.TOPIC_SUPPORT),
        parsed.getString(SettingNames.TOPIC_QUERIES),
        parsed.getString(SettingNames.TOPIC_PREDICTIONS),
        parsed.getString(SettingNames.TOPIC_DEAD_LETTERS),
        optionalTopic(SettingNames.TOPIC_HEADS),
        optionalTopic(SettingNames.TOPIC_QUALITY),
        optionalTopic(SettingNames.TOPIC_BUNDLES));
  }

  /**
   * The settings of a consumer that reads a topic from its beginning: in no group, of committed
   * records only.
   *
   * @param purpose goes into its client id
   */
  public Map<String, Object> topicReader(String purpose) {
    Map<String, Object> consumer =
        new StreamsConfig(streams()).getRestoreConsumerConfigs(applicationId() + "-" + purpose);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Only a topic that was made anew leaves the reader without its place: all of it is new then.
    consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return consumer;
  }

  /** Names the application. */
  public String applicationId() {
    return parsed.getString(SettingNames.APPLICATION_ID);
  }

  private Optional<String> optionalTopic(String setting) {
    return Optional.of(parsed.getString(setting)).filter(topic -> !topic.isBlank());
  }

  /** How topics that are missing are made, empty when they must be there. */
  public Optional<TopicCreation> topicCreation() {
    return parsed.getBoolean(SettingNames.TOPICS_CREATE)
        ? Optional.of(
            new TopicCreation(
                parsed.getInt(SettingNames.TOPICS_PARTITIONS),
                parsed.getInt(SettingNames.TOPICS_REPLICATION).shortValue()))
        : Optional.empty();
  }

  /**
   * How a missing topic is made.
   *
   * @param partitions its partitions
   * @param replicationFactor its replicas, -1 for the broker's default
   */
  public record TopicCreation(int partitions, short replicationFactor) {}

  /** The engine's settings. */
  public EngineSettings engine() {
    return engine;
  }

  /** Time between two ticks of the background work, milliseconds. */
  public int backgroundTickMillis() {
    return parsed.getInt(SettingNames.BACKGROUND_TICK_MS);
  }

  /** How events are gathered into batches. */
  public BatchSettings batching() {
    return new BatchSettings(
        parsed.getInt(SettingNames.BATCH_SIZE),
        parsed.getInt(SettingNames.BATCH_LINGER_MS),
        durability());
  }

  private BatchSettings.Durability durability() {
    String chosen = parsed.getString(SettingNames.BATCH_DURABILITY).toUpperCase(Locale.ROOT);
    if (!chosen.equals("AUTO")) {
      return BatchSettings.Durability.valueOf(chosen);
    }
    return parsed.getString(SettingNames.PROCESSING_GUARANTEE).equals("at_least_once")
        ? BatchSettings.Durability.GATE
        : BatchSettings.Durability.INBOX;
  }

  /** Most bytes of heads and meta records kept decoded on the heap, of all tasks together. */
  public long headsCacheBytes() {
    int mebibytes = parsed.getInt(SettingNames.HEADS_CACHE_MB);
    return mebibytes > 0 ? mebibytes * MEBIBYTE : Runtime.getRuntime().maxMemory() / 4;
  }

  /**
   * The settings that were given, by name, without the secrets that they hold or are.
   *
   * @return a sorted copy
   */
  public SortedMap<String, String> given() {
    SortedMap<String, String> given = new TreeMap<>();
    asGiven.forEach((name, value) -> given.put(name, Secrets.hidden(name, String.valueOf(value))));
    return given;
  }

  /** Of how many tenants metrics show figures. */
  public int metricsTenants() {
    return parsed.getInt(SettingNames.METRICS_TENANTS);
  }

  /** Where spans go, empty when nothing is traced. */
  public Optional<String> tracingEndpoint() {
    return Optional.of(parsed.getString(SettingNames.TRACING_ENDPOINT))
        .filter(endpoint -> !endpoint.isBlank());
  }

  /** Which share of records begins a trace. */
  public double tracingSample() {
    return parsed.getDouble(SettingNames.TRACING_SAMPLE);
  }

  /** Where the bundle is. */
  public String bundle() {
    return parsed.getString(SettingNames.BUNDLE);
  }

  /** How the bundle is loaded. */
  public BundleOptions bundleOptions() {
    return BundleOptions.defaults()
        .withDevice(
            DeviceChoice.valueOf(parsed.getString(SettingNames.DEVICE).toUpperCase(Locale.ROOT)))
        .withPolicy(devicePolicy());
  }

  private DevicePolicy devicePolicy() {
    return new DevicePolicy(
        DevicePolicy.Merge.valueOf(
            parsed.getString(SettingNames.DEVICE_MERGE).toUpperCase(Locale.ROOT)),
        parsed.getInt(SettingNames.DEVICE_BATCH_SIZE),
        parsed.getInt(SettingNames.DEVICE_BATCH_WAIT_US),
        parsed.getInt(SettingNames.DEVICE_BREAKER_FAILURES),
        parsed.getInt(SettingNames.DEVICE_BREAKER_RETRY_RUNS));
  }

  /** The brokers, for messages. */
  public String bootstrapServers() {
    return String.join(",", parsed.getList(SettingNames.BOOTSTRAP_SERVERS));
  }

  /** How long a start-up check waits for the brokers. */
  public int startupTimeoutMillis() {
    return parsed.getInt(SettingNames.STARTUP_TIMEOUT_MS);
  }

  /**
   * Whether the serde is this project's own, so that its registry client can check the registry.
   */
  public boolean usesOwnSerde() {
    return parsed.getClass(SettingNames.SERDE).getName().startsWith("dev.hyperflow.");
  }

  /** Makes the serdes of the Avro values. */
  public ValueSerdes valueSerdes() {
    return new ValueSerdes(parsed.getClass(SettingNames.SERDE), serdeSettings());
  }

  /** The settings of the serdes and of the registry client. */
  public Map<String, Object> serdeSettings() {
    Map<String, Object> settings = new HashMap<>();
    parsed
        .resolved()
        .forEach(
            (key, value) -> {
              if (SettingNames.isRegistrySetting(key)) {
                settings.put(key, value);
              }
            });
    settings.putAll(parsed.originalsWithPrefix(SettingNames.SERDE_PREFIX));
    settings.remove("class");
    settings.put("specific.avro.reader", true);
    return settings;
  }

  /** The configuration of Kafka Streams. */
  public Properties streams() {
    Properties streams = new Properties();
    streams.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    streams.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDbMemory.class.getName());
    KafkaSettings.putDefaults(streams, batching());
    // Changelogs carry the timestamps of inputs: they must not refuse what an input topic took.
    streams.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    streams.putAll(parsed.originalsWithPrefix(SettingNames.KAFKA_PREFIX));
    streams.put(StreamsConfig.APPLICATION_ID_CONFIG, parsed.getString(SettingNames.APPLICATION_ID));
    streams.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    streams.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        parsed.getString(SettingNames.PROCESSING_GUARANTEE));
    streams.put(
        StreamsConfig.NUM_STREAM_THREADS_CONFIG, parsed.getInt(SettingNames.STREAM_THREADS));
    streams.put(StreamsConfig.STATE_DIR_CONFIG, parsed.getString(SettingNames.STATE_DIR));
    advertised.ifPresent(
        here ->
            streams.put(StreamsConfig.APPLICATION_SERVER_CONFIG, here.host() + ":" + here.port()));
    streams.put(BoundedRocksDbMemory.MEMORY_MB, parsed.getInt(SettingNames.STATE_MEMORY_MB));
    return streams;
  }

  private static final class Parsed extends AbstractConfig {
    Parsed(Map<String, ?> settings) {
      super(Settings.definition(), settings, SECRET_PROVIDERS, false);
    }

    <E extends Enum<E>> E getEnum(Class<E> type, String name) {
      return Enum.valueOf(type, getString(name).toUpperCase(Locale.ROOT));
    }

    Map<String, Object> resolved() {
      return originals();
    }
  }
}
