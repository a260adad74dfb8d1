package dev.hyperflow.topology;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.remember.MemorySettings;
import dev.hyperflow.models.DevicePolicy;
import dev.hyperflow.models.ShippedBundles;
import dev.hyperflow.models.SupportSet;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.state.BoundedRocksDbMemory;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The definition of every setting: type, default, range, meaning. */
final class Settings {
  private static final ConfigDef DEFINITION = define();

  private Settings() {}

  static ConfigDef definition() {
    return DEFINITION;
  }

  private static ConfigDef define() {
    ConfigDef definition = new ConfigDef();
    connections(definition);
    topics(definition);
    model(definition);
    memory(definition);
    serving(definition);
    quality(definition);
    device(definition);
    limits(definition);
    answers(definition);
    batching(definition);
    runtime(definition);
    state(definition);
    OperationSettings.define(definition);
    HttpDefinition.define(definition);
    return definition;
  }

  private static void connections(ConfigDef definition) {
    definition
        .define(
            SettingNames.APPLICATION_ID,
            Type.STRING,
            "hyperflow",
            new NonEmptyString(),
            Importance.HIGH,
            "Names the application: consumer group, transactional ids, changelog topics.")
        .define(
            SettingNames.BOOTSTRAP_SERVERS,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.ValidList.anyNonDuplicateValues(false, false),
            Importance.HIGH,
            "Kafka brokers to start from, host:port, comma-separated.")
        .define(
            SettingNames.SCHEMA_REGISTRY_URL,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new NonEmptyString(),
            Importance.HIGH,
            "Schema registries, comma-separated URLs; the next is tried when one fails. All"
                + " settings of Confluent's client that begin with schema.registry., basic.auth. or"
                + " bearer.auth. are passed on.")
        .define(
            SettingNames.SERDE,
            Type.CLASS,
            SpecificAvroSerde.class,
            Importance.LOW,
            "The serde of the Avro values. Further settings that begin with serde. are passed on"
                + " to it without the prefix.");
  }

  private static void topics(ConfigDef definition) {
    topic(definition, SettingNames.TOPIC_SUPPORT, "support", "Labelled examples, keyed by tenant.");
    topic(
        definition,
        SettingNames.TOPIC_QUERIES,
        "queries",
        "Queries, keyed by tenant; as many partitions as the support topic.");
    topic(definition, SettingNames.TOPIC_PREDICTIONS, "predictions", "Answers, keyed by tenant.");
    topic(
        definition,
        SettingNames.TOPIC_DEAD_LETTERS,
        "dead-letters",
        "Records that were refused, with reason and coordinates.");
    definition
        .define(
            SettingNames.TOPIC_HEADS,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Adapted heads, keyed by tenant, compacted. Empty: heads are not published.")
        .define(
            SettingNames.TOPIC_QUALITY,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Live quality, keyed by tenant, compacted. Empty: it is not published.")
        .define(
            SettingNames.TOPIC_BUNDLES,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Control records of bundle rollouts, one partition. Empty: the bundle is not changed"
                + " while running.")
        .define(
            SettingNames.TOPICS_CREATE,
            Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Whether topics that are missing are created at start-up.")
        .define(
            SettingNames.TOPICS_PARTITIONS,
            Type.INT,
            4,
            between(1, 10_000),
            Importance.MEDIUM,
            "Partitions of a topic that is created; bounds the instances that can share the work.")
        .define(
            SettingNames.TOPICS_REPLICATION,
            Type.INT,
            -1,
            between(-1, 16),
            Importance.MEDIUM,
            "Replicas of a topic that is created; -1 for the broker's default.");
  }

  private static void topic(ConfigDef definition, String name, String topic, String meaning) {
    definition.define(
        name, Type.STRING, topic, new NonEmptyString(), Importance.HIGH, "Topic. " + meaning);
  }

  private static void model(ConfigDef definition) {
    definition
        .define(
            SettingNames.BUNDLE,
            Type.STRING,
            ShippedBundles.DRIFT,
            new NonEmptyString(),
            Importance.HIGH,
            "The bundle: a directory, a .zip file, or classpath:folder.")
        .define(
            SettingNames.DEVICE,
            Type.STRING,
            "cpu",
            CaseInsensitiveValidString.in("cpu", "cuda", "auto"),
            Importance.HIGH,
            "Where networks run. cuda refuses to start without CUDA; auto falls back to cpu.");
  }

  private static void memory(ConfigDef definition) {
    definition
        .define(
            SettingNames.LABELS_PER_TENANT,
            Type.INT,
            150,
            between(1, 200),
            Importance.MEDIUM,
            "Most labels of a tenant; an example of one more goes to dead letters.")
        .define(
            SettingNames.EXAMPLES_PER_LABEL,
            Type.INT,
            32,
            between(1, MemorySettings.MOST_EXAMPLES_PER_LABEL),
            Importance.HIGH,
            "Most examples remembered of a label, unless a tenant's settings say otherwise.")
        .define(
            SettingNames.EXAMPLES_PER_TENANT,
            Type.INT,
            9_600,
            between(1, 65_536),
            Importance.MEDIUM,
            "Most examples remembered of a tenant in all, as far as the bundle takes so many; beyond,"
                + " its label with the most makes room.")
        .define(
            SettingNames.MEMORY_POLICY,
            Type.STRING,
            "newest",
            ValidString.in("newest", "reservoir"),
            Importance.MEDIUM,
            "Which examples of a label stay when there are more than fit: the newest, or a uniform"
                + " sample of all that does not depend on the order of arrival.")
        .define(
            SettingNames.MEMORY_PRECISION,
            Type.STRING,
            "float32",
            ValidString.in("float32", "float16", "int8"),
            Importance.MEDIUM,
            "How the features of examples are kept: 4, 2 or 1 bytes each. What it costs in accuracy"
                + " is in docs/evaluation.md. Examples that are there already stay as they are.")
        .define(
            SettingNames.DESCRIPTION_WEIGHT,
            Type.DOUBLE,
            1.0,
            between(0.001, 1.0),
            Importance.LOW,
            "Weight of a label's description beside examples of weight 1; multiplied with that of"
                + " its event.");
  }

  private static void serving(ConfigDef definition) {
    definition
        .define(
            SettingNames.CONSISTENCY,
            Type.STRING,
            "fresh",
            ValidString.in("fresh", "latest"),
            Importance.HIGH,
            "fresh: a query sees every support event before it in its partition. latest: it is"
                + " answered with the last finished head; stale heads are integrated in the"
                + " background. A tenant's settings may say otherwise.")
        .define(
            SettingNames.INTEGRATIONS_PER_SECOND,
            Type.DOUBLE,
            100.0,
            atLeast(0.0),
            Importance.MEDIUM,
            "Most integrations per second of a tenant's event time; beyond, it is answered with its"
                + " last head and the status RATE_LIMITED. 0 for no limit.")
        .define(
            SettingNames.FEEDBACK_WINDOW_MS,
            Type.LONG,
            0L,
            atLeast(0L),
            Importance.MEDIUM,
            "How long after a query its true label is taken as FEEDBACK, milliseconds of event time,"
                + " for example 3600000. Every query is remembered with its features for it, which"
                + " costs more than all else that is done for a query of packed features. 0"
                + " remembers none, and FEEDBACK goes to dead letters.")
        .define(
            SettingNames.BACKGROUND_HEADS,
            Type.INT,
            8,
            between(1, 10_000),
            Importance.LOW,
            "Most heads that a task integrates in the background per tick: stale ones in latest"
                + " mode, missing ones after a restart or a change of the bundle.")
        .define(
            SettingNames.BACKGROUND_TICK_MS,
            Type.INT,
            100,
            between(1, 60_000),
            Importance.LOW,
            "Time between two ticks of the background work, milliseconds.");
  }

  private static void quality(ConfigDef definition) {
    definition
        .define(
            SettingNames.QUALITY_FADING,
            Type.DOUBLE,
            0.99,
            between(0.5, 1.0),
            Importance.LOW,
            "Fading factor of the prequential accuracy: what an observation counts after the next"
                + " one. 0.99 looks back on about 100 observations.")
        .define(
            SettingNames.QUALITY_REPORT_EVERY,
            Type.INT,
            10,
            between(1, 1_000_000),
            Importance.LOW,
            "A tenant's live quality is published at every so many observations, and at drift.")
        .define(
            SettingNames.DRIFT_DELTA,
            Type.DOUBLE,
            0.05,
            between(0.0, 1.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the rise of the error rate that is tolerated.")
        .define(
            SettingNames.DRIFT_LAMBDA,
            Type.DOUBLE,
            15.0,
            between(0.1, 10_000.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the alarm threshold; higher is slower and surer.")
        .define(
            SettingNames.DRIFT_OBSERVATIONS,
            Type.INT,
            30,
            between(1, 1_000_000),
            Importance.LOW,
            "Page-Hinkley drift detector: observations before the first alarm.");
  }

  private static void device(ConfigDef definition) {
    DevicePolicy defaults = DevicePolicy.defaults();
    definition
        .define(
            SettingNames.DEVICE_MERGE,
            Type.STRING,
            defaults.merge().name().toLowerCase(Locale.ROOT),
            CaseInsensitiveValidString.in("auto", "on", "off"),
            Importance.LOW,
            "Whether one thread runs the models and merges the requests of all stream threads."
                + " auto merges on cuda only.")
        .define(
            SettingNames.DEVICE_BATCH_SIZE,
            Type.INT,
            defaults.largestBatch(),
            between(1, 1_024),
            Importance.LOW,
            "Most heads or texts that requests are merged to, where they are merged.")
        .define(
            SettingNames.DEVICE_BATCH_WAIT_US,
            Type.INT,
            defaults.longestWaitMicros(),
            between(0, 1_000_000),
            Importance.LOW,
            "How long a request may wait for company while the device is idle, microseconds, where"
                + " requests are merged. 0 merges only what piled up while the device was busy.")
        .define(
            SettingNames.DEVICE_BREAKER_FAILURES,
            Type.INT,
            defaults.breakerFailures(),
            between(0, 1_000),
            Importance.LOW,
            "Failures of cuda in a row, of items that the processor managed, after which a model"
                + " runs on the processor. 0: never, and no memory is spent on that fallback.")
        .define(
            SettingNames.DEVICE_BREAKER_RETRY_RUNS,
            Type.INT,
            defaults.breakerRetryRuns(),
            between(0, 1_000_000),
            Importance.LOW,
            "Runs on the processor after which cuda is tried again. 0: not before a restart.");
  }

  private static void limits(ConfigDef definition) {
    definition
        .define(
            SettingNames.ID_LENGTH,
            Type.INT,
            256,
            between(1, 4_096),
            Importance.LOW,
            "Longest tenant, event or query id, characters.")
        .define(
            SettingNames.LABEL_LENGTH,
            Type.INT,
            256,
            between(1, 1_024),
            Importance.LOW,
            "Longest label, characters.")
        .define(
            SettingNames.TEXT_LENGTH,
            Type.INT,
            10_000,
            between(1, 1_000_000),
            Importance.LOW,
            "Longest text, characters. The shipped encoder reads the first 256 tokens.")
        .define(
            SettingNames.FEATURE_DIMENSION,
            Type.INT,
            4_096,
            between(1, 65_536),
            Importance.LOW,
            "Most features of a payload; the bundle may want a certain number.")
        .define(
            SettingNames.MAX_WEIGHT,
            Type.DOUBLE,
            100.0,
            between(0.001, SupportSet.MAX_WEIGHT),
            Importance.LOW,
            "Largest weight of an example.");
  }

  private static void answers(ConfigDef definition) {
    definition
        .define(
            SettingNames.TOP_K,
            Type.INT,
            3,
            between(1, 200),
            Importance.MEDIUM,
            "Most labels listed in a prediction.")
        .define(
            SettingNames.ABSTAIN_BELOW,
            Type.DOUBLE,
            0.0,
            between(0.0, 1.0),
            Importance.MEDIUM,
            "A prediction whose confidence is below this is marked as abstained; 0 never abstains.");
  }

  private static void batching(ConfigDef definition) {
    definition
        .define(
            SettingNames.BATCH_SIZE,
            Type.INT,
            64,
            between(1, 4_096),
            Importance.MEDIUM,
            "Most events of a task that are processed together; 1 processes each by itself.")
        .define(
            SettingNames.BATCH_LINGER_MS,
            Type.INT,
            5,
            between(0, 1_000),
            Importance.MEDIUM,
            "How long an event waits for others, milliseconds; 0 processes each by itself. Unless"
                + " kafka.poll.ms is set, an idle thread looks this often, at most every 100 ms.")
        .define(
            SettingNames.BATCH_DURABILITY,
            Type.STRING,
            "auto",
            CaseInsensitiveValidString.in("auto", "inbox", "gate"),
            Importance.MEDIUM,
            "What keeps waiting events over a commit. inbox: a logged store, with public Kafka"
                + " API only; gate: they are processed before every commit, for lower latency."
                + " auto: inbox with exactly_once_v2; gate with at_least_once, where a killed"
                + " instance could lose what an inbox had just let go of.");
  }

  private static void runtime(ConfigDef definition) {
    definition
        .define(
            SettingNames.HEADS_CACHE_MB,
            Type.INT,
            0,
            between(0, 1_000_000),
            Importance.MEDIUM,
            "Most memory on the heap for decoded heads and tenants' meta records, MiB, of all tasks"
                + " of this instance together; 0 takes a quarter of the heap. A head takes 2 ×"
                + " labels × (features + 1) × 4 bytes.")
        .define(
            SettingNames.STREAM_THREADS,
            Type.INT,
            2,
            between(1, 1_000),
            Importance.HIGH,
            "Stream threads of this instance.")
        .define(
            SettingNames.PROCESSING_GUARANTEE,
            Type.STRING,
            "exactly_once_v2",
            ValidString.in("exactly_once_v2", "at_least_once"),
            Importance.HIGH,
            "exactly_once_v2: every query answered once; at_least_once: lowest latency.")
        .define(
            SettingNames.STATE_DIR,
            Type.STRING,
            "data/state",
            new NonEmptyString(),
            Importance.HIGH,
            "Directory of the local state; one per instance on a machine.")
        .define(
            SettingNames.STARTUP_TIMEOUT_MS,
            Type.INT,
            15_000,
            atLeast(100),
            Importance.LOW,
            "How long a start-up check waits for the brokers, milliseconds. For the registry its"
                + " client's own settings hold: serde.http.connect.timeout.ms,"
                + " serde.http.read.timeout.ms, serde.max.retries.");
  }

  private static void state(ConfigDef definition) {
    definition.define(
        SettingNames.STATE_MEMORY_MB,
        Type.INT,
        BoundedRocksDbMemory.DEFAULT_MEMORY_MB,
        between(16, 1_048_576),
        Importance.HIGH,
        "Most memory of the local state, MiB, outside the heap: one cache for all stores and"
            + " partitions of the process, half of it for write buffers. Allow 2 for every store and"
            + " partition. A kafka.rocksdb.config.setter of your own replaces this.");
  }
}
