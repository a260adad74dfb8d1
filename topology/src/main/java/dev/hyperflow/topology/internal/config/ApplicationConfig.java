package dev.hyperflow.topology.internal.config;

import dev.hyperflow.engine.internal.EngineSettings;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.source.ForeignPartition;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
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
  /** What stands before the settings of a mapped topic in documents. */
  public static final String SOURCE_PREFIX = "source.NAME.";

  private final ParsedSettings parsed;
  private final Map<String, ?> asGiven;
  private final Optional<HostInfo> advertised;
  private final Topics topics;
  private final EngineSettings engine;
  private final RuntimeSettings runtime;
  private final BatchSettings batching;
  private final ValueSerdes serdes;
  private final HttpSettings http;
  private final Optional<String> tracingEndpoint;
  private final Optional<Topics.Creation> topicCreation;
  private final List<SourceMapping> sources;

  private ApplicationConfig(
      ParsedSettings parsed, Map<String, ?> asGiven, Optional<HostInfo> advertised) {
    this.parsed = parsed;
    this.asGiven = Map.copyOf(asGiven);
    this.advertised = advertised;
    this.topics = TopicDefinition.read(parsed);
    this.engine =
        new EngineSettings(
            LimitsDefinition.read(parsed),
            MemoryDefinition.read(parsed),
            QueryDefinition.read(parsed),
            PredictionDefinition.read(parsed),
            QualityDefinition.read(parsed),
            QualityDefinition.reportEvery(parsed));
    this.runtime = RuntimeDefinition.read(parsed);
    this.batching = BatchDefinition.read(parsed, runtime.isExactlyOnce());
    this.serdes = RegistryDefinition.read(parsed);
    this.http = HttpDefinition.read(parsed);
    this.tracingEndpoint = TracingDefinition.endpoint(parsed);
    this.topicCreation = TopicDefinition.readCreation(parsed);
    this.sources = Sources.read(parsed, topics, engine.query().feedbackWindowMillis() > 0);
  }

  /**
   * Reads settings.
   *
   * @throws ConfigException with one line that names the setting, its value and what was expected
   */
  public static ApplicationConfig of(Map<String, ?> settings) {
    settings.keySet().forEach(SettingSpelling::requireKnown);
    ParsedSettings parsed = new ParsedSettings(settings);
    KafkaSettings.requireAllowed(
        parsed.originalsWithPrefix(KafkaSettings.PREFIX), ClusterDefinition.applicationId(parsed));
    ApplicationConfig config = new ApplicationConfig(parsed, settings, Optional.empty());
    KafkaSettings.requireUsable(config.streams());
    return config;
  }

  /** Every setting with its type, default, range and meaning. */
  public static ConfigDef definition() {
    return Definitions.all();
  }

  /** Every setting of a mapped topic, without {@value #SOURCE_PREFIX} in front. */
  public static ConfigDef sourceDefinition() {
    return SourceDefinition.all();
  }

  /** The tables of all settings, Markdown. */
  public static String table() {
    return SettingsTable.markdown(definition())
        + """

        ## Mapped topics

        A topic of somebody else is a *source*. Its settings begin with `source.NAME.`, where NAME is a name of your choice
        in small letters, digits and hyphens. [mapping.md](mapping.md) explains them.

        """
        + SettingsTable.markdown(SOURCE_PREFIX, sourceDefinition());
  }

  /** The same, and other instances of the application reach this one there. */
  public ApplicationConfig advertising(String host, int port) {
    return new ApplicationConfig(parsed, asGiven, Optional.of(new HostInfo(host, port)));
  }

  /** Where other instances reach this one, if it listens. */
  public Optional<HostInfo> applicationServer() {
    return advertised;
  }

  /** Names the application. */
  public String applicationId() {
    return ClusterDefinition.applicationId(parsed);
  }

  /** The brokers, for messages. */
  public String bootstrapServers() {
    return String.join(",", ClusterDefinition.brokers(parsed));
  }

  /** How long a start-up check waits for the brokers. */
  public int startupTimeoutMillis() {
    return runtime.startupTimeoutMillis();
  }

  /**
   * Whether the application starts when its offsets are gone while it has state. At least once may
   * lose them by a crash before the first commit.
   */
  public boolean startsWithoutOffsets() {
    return runtime.mayMissOffsets() || !runtime.isExactlyOnce();
  }

  /** How long records may wait for brokers or for their commit before that is said. */
  public Duration stalledAfter() {
    return Duration.ofMillis(runtime.stalledMillis());
  }

  /** Whether the instance keeps its place in the group when it stops. */
  public boolean isStaticMember() {
    return staticId().isPresent();
  }

  /** The name by which the brokers know the instance, if it has one of its own. */
  public Optional<String> staticId() {
    return KafkaSettings.staticId(streams());
  }

  /** What the ids of the instance's clients begin with, if that is configured. */
  public Optional<String> clientId() {
    return KafkaSettings.clientId(streams());
  }

  /** How long the brokers keep the place of such an instance after its last word. */
  public Duration staticSession() {
    return KafkaSettings.session(streams());
  }

  /** The configuration of Kafka Streams; a new copy each time. */
  public Properties streams() {
    Properties streams = KafkaSettings.streams(parsed, runtime, batching);
    advertised.ifPresent(
        here ->
            streams.put(StreamsConfig.APPLICATION_SERVER_CONFIG, here.host() + ":" + here.port()));
    return streams;
  }

  /** The same, with producers that send records of this size unless the settings bound it. */
  public Properties streamsSending(int bytes) {
    Properties streams = streams();
    KafkaSettings.send(streams, bytes);
    return streams;
  }

  /** The most bytes of a record that the application's producers may send. */
  public int mostRecordBytes() {
    return KafkaSettings.mostRecordBytes(streams());
  }

  /** The settings of a producer outside transactions: what is acknowledged is not lost. */
  public Map<String, Object> producer(String clientId) {
    return KafkaSettings.producer(streams(), clientId);
  }

  /**
   * The settings of a consumer that reads a topic from its beginning: in no group, of committed
   * records only.
   *
   * @param purpose goes into its client id
   */
  public Map<String, Object> topicReader(String purpose) {
    return KafkaSettings.reader(streams(), applicationId() + "-" + purpose);
  }

  /** The names of the topics. */
  public Topics topics() {
    return topics;
  }

  /** The mapped topics, by name. */
  public List<SourceMapping> sources() {
    return sources;
  }

  /** The topics through which records of mapped topics pass to the partition of their tenant. */
  public List<String> repartitionTopics() {
    return sources.stream()
        .flatMap(source -> source.repartitionTopic(applicationId()).stream())
        .toList();
  }

  /** All topics from which records come: the application's, mapped ones, repartition topics. */
  public Set<String> inputTopics() {
    Set<String> inputs = new HashSet<>(repartitionTopics());
    inputs.add(topics.support());
    inputs.add(topics.queries());
    sources.forEach(source -> inputs.add(source.topic()));
    return inputs;
  }

  /** A serializer of predictions, to be closed; for one thread at a time. */
  public Serializer<Object> predictionSerializer() {
    return TopicDefinition.predictionsAreJson(parsed) ? new PredictionJson() : serdes.serializer();
  }

  /** How start-up creates missing topics; empty: they must be there. */
  public Optional<Topics.Creation> topicCreation() {
    return topicCreation;
  }

  /** What becomes of records in another partition than their key's. */
  public ForeignPartition foreignPartition() {
    return TopicDefinition.readForeignPartition(parsed);
  }

  /** Makes the serdes of the Avro values. */
  public ValueSerdes valueSerdes() {
    return serdes;
  }

  /** A serializer of Avro values, to be closed; for one thread at a time. */
  public Serializer<Object> serializer() {
    return serdes.serializer();
  }

  /** The settings of the serdes and of the registry client. */
  public Map<String, Object> serdeSettings() {
    return serdes.settings();
  }

  /**
   * Whether the serde is this project's own, so that its registry client can check the registry.
   */
  public boolean usesOwnSerde() {
    return serdes.isOwn();
  }

  /** Where the bundle is: a directory, a .zip file, or {@code classpath:folder}. */
  public String bundle() {
    return BundleDefinition.location(parsed);
  }

  /** How the bundle is loaded. */
  public BundleOptions bundleOptions() {
    return BundleDefinition.read(parsed);
  }

  /** Number of texts whose vectors are remembered; 0 for none. */
  public int cachedTexts() {
    return BundleDefinition.cachedTexts(parsed);
  }

  /** What the engine does with events. */
  public EngineSettings engine() {
    return engine;
  }

  /** How events are gathered into batches. */
  public BatchSettings batching() {
    return batching;
  }

  /** How long a stream thread may work between two commits. A transaction outlasts it by far. */
  public Duration workBetweenCommits() {
    return KafkaSettings.workBetweenCommits(streams());
  }

  /** Time between two ticks of the background work, milliseconds. */
  public int backgroundTickMillis() {
    return QueryDefinition.tickMillis(parsed);
  }

  /** Maximum heap memory for decoded heads and meta records, of all tasks together, bytes. */
  public long headsCacheBytes() {
    return runtime.headsCacheBytes();
  }

  /** The HTTP server's settings. */
  public HttpSettings http() {
    return http;
  }

  /** The number of tenants whose figures metrics show. */
  public int metricsTenants() {
    return MetricsDefinition.read(parsed);
  }

  /** Where spans go; empty: nothing is traced. */
  public Optional<String> tracingEndpoint() {
    return tracingEndpoint;
  }

  /** The share of the records that begin a trace, 0 to 1. */
  public double tracingSample() {
    return TracingDefinition.sample(parsed);
  }

  /** Every setting with its value, without secrets. */
  public List<SettingValue> values() {
    return SettingValue.all(parsed);
  }

  /**
   * The settings that were given, by name, without secrets and with their placeholders.
   *
   * @return a sorted copy
   */
  public SortedMap<String, String> given() {
    SortedMap<String, String> given = new TreeMap<>();
    asGiven.forEach((name, value) -> given.put(name, Secrets.hidden(name, String.valueOf(value))));
    return given;
  }
}
