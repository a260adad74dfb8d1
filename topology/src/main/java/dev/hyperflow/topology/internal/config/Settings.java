package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
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
            "Name of the application. Its consumer group, transactional ids and changelog topics"
                + " carry it.")
        .define(
            SettingNames.BOOTSTRAP_SERVERS,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.ValidList.anyNonDuplicateValues(false, false),
            Importance.HIGH,
            "Kafka brokers for the first connection, host:port, comma-separated.")
        .define(
            SettingNames.SCHEMA_REGISTRY_URL,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new NonEmptyString(),
            Importance.HIGH,
            "URLs of schema registries, comma-separated. If one fails, the client tries the next."
                + " All settings that begin with schema.registry., basic.auth. or bearer.auth. go"
                + " to Confluent's client.")
        .define(
            SettingNames.SERDE,
            Type.CLASS,
            SpecificAvroSerde.class,
            Importance.LOW,
            "The serde of the Avro values. Other settings that begin with serde. go to it without"
                + " the prefix.");
  }

  private static void topics(ConfigDef definition) {
    topic(definition, SettingNames.TOPIC_SUPPORT, "support", "Labelled examples, keyed by tenant.");
    topic(
        definition,
        SettingNames.TOPIC_QUERIES,
        "queries",
        "Queries, keyed by tenant. Needs as many partitions as the support topic.");
    topic(definition, SettingNames.TOPIC_PREDICTIONS, "predictions", "Answers, keyed by tenant.");
    topic(
        definition,
        SettingNames.TOPIC_DEAD_LETTERS,
        "dead-letters",
        "Refused records, with reason and coordinates.");
    definition
        .define(
            SettingNames.TOPIC_HEADS,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Topic. Adapted heads, keyed by tenant, compacted. Empty: the application does not"
                + " publish heads.")
        .define(
            SettingNames.TOPIC_QUALITY,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Topic. Live quality, keyed by tenant, compacted. Empty: the application does not"
                + " publish quality.")
        .define(
            SettingNames.TOPIC_BUNDLES,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Topic. Control records of bundle rollouts, one partition. Empty: the bundle cannot"
                + " change while the application runs.")
        .define(
            SettingNames.TOPICS_CREATE,
            Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Whether start-up creates missing topics.")
        .define(
            SettingNames.TOPICS_PARTITIONS,
            Type.INT,
            4,
            between(1, 10_000),
            Importance.MEDIUM,
            "Partitions of a topic that start-up creates. This bounds the number of instances"
                + " that can share the work.")
        .define(
            SettingNames.TOPICS_REPLICATION,
            Type.INT,
            -1,
            between(-1, 16),
            Importance.MEDIUM,
            "Replicas of a topic that start-up creates; -1: the broker's default.");
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
            "Where networks run. cuda: start-up fails without CUDA. auto: falls back to cpu"
                + " without CUDA.");
  }

  private static void memory(ConfigDef definition) {
    definition
        .define(
            SettingNames.LABELS_PER_TENANT,
            Type.INT,
            150,
            between(1, 200),
            Importance.MEDIUM,
            "Maximum number of labels per tenant. An example of a label beyond the limit goes to"
                + " the dead letters.")
        .define(
            SettingNames.EXAMPLES_PER_LABEL,
            Type.INT,
            32,
            between(1, MemorySettings.MOST_EXAMPLES_PER_LABEL),
            Importance.HIGH,
            "Maximum number of examples per label. A tenant's own settings override it.")
        .define(
            SettingNames.EXAMPLES_PER_TENANT,
            Type.INT,
            9_600,
            between(1, 65_536),
            Importance.MEDIUM,
            "Maximum number of examples per tenant, as far as the bundle takes so many. Beyond"
                + " the limit, the label with the most examples makes room.")
        .define(
            SettingNames.MEMORY_POLICY,
            Type.STRING,
            "newest",
            ValidString.in("newest", "reservoir"),
            Importance.MEDIUM,
            "Which examples a full label keeps. newest: the newest. reservoir: a uniform sample"
                + " that does not depend on the order of arrival.")
        .define(
            SettingNames.MEMORY_PRECISION,
            Type.STRING,
            "float32",
            ValidString.in("float32", "float16", "int8"),
            Importance.MEDIUM,
            "How the memory stores the features of examples: 4, 2 or 1 bytes each."
                + " docs/evaluation.md says what that costs in accuracy. A change affects new"
                + " examples only.")
        .define(
            SettingNames.DESCRIPTION_WEIGHT,
            Type.DOUBLE,
            1.0,
            between(0.001, 1.0),
            Importance.LOW,
            "Weight of a label's description compared with examples of weight 1. It multiplies"
                + " the weight of the description's event.");
  }

  private static void serving(ConfigDef definition) {
    definition
        .define(
            SettingNames.CONSISTENCY,
            Type.STRING,
            "fresh",
            ValidString.in("fresh", "latest"),
            Importance.HIGH,
            "fresh: a query sees every support event before it in its partition. latest: a query"
                + " gets an answer from the last finished head, and the background work"
                + " integrates stale heads. A tenant's own settings override it.")
        .define(
            SettingNames.INTEGRATIONS_PER_SECOND,
            Type.DOUBLE,
            100.0,
            atLeast(0.0),
            Importance.MEDIUM,
            "Maximum number of integrations per second of a tenant's event time. Beyond the"
                + " limit, the tenant's last head answers, with the status RATE_LIMITED. 0: no"
                + " limit.")
        .define(
            SettingNames.FEEDBACK_WINDOW_MS,
            Type.LONG,
            0L,
            atLeast(0L),
            Importance.MEDIUM,
            "How long after a query the application accepts its true label as FEEDBACK,"
                + " milliseconds of event time, for example 3600000. The application must store"
                + " the features of every query. For queries with packed features that costs more"
                + " than all other work. 0: it stores none, and FEEDBACK goes to the dead"
                + " letters.")
        .define(
            SettingNames.BACKGROUND_HEADS,
            Type.INT,
            8,
            between(1, 10_000),
            Importance.LOW,
            "Maximum number of heads that a task integrates in the background per tick: stale"
                + " heads in latest mode, missing heads after a restart or a change of the"
                + " bundle.")
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
            "Fading factor of the prequential accuracy: each new observation multiplies the"
                + " weight of the older ones by it. 0.99 looks back on about 100 observations.")
        .define(
            SettingNames.QUALITY_REPORT_EVERY,
            Type.INT,
            10,
            between(1, 1_000_000),
            Importance.LOW,
            "Number of observations between two reports of a tenant's live quality. A drift is"
                + " always reported.")
        .define(
            SettingNames.DRIFT_DELTA,
            Type.DOUBLE,
            0.05,
            between(0.0, 1.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the tolerated rise of the error rate.")
        .define(
            SettingNames.DRIFT_LAMBDA,
            Type.DOUBLE,
            15.0,
            between(0.1, 10_000.0),
            Importance.LOW,
            "Page-Hinkley drift detector: the alarm threshold. A higher threshold gives later"
                + " alarms and fewer false ones.")
        .define(
            SettingNames.DRIFT_OBSERVATIONS,
            Type.INT,
            30,
            between(1, 1_000_000),
            Importance.LOW,
            "Page-Hinkley drift detector: number of observations before the first alarm.");
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
                + " auto: on cuda only.")
        .define(
            SettingNames.DEVICE_BATCH_SIZE,
            Type.INT,
            defaults.largestBatch(),
            between(1, 1_024),
            Importance.LOW,
            "Maximum number of heads or texts in a merged run.")
        .define(
            SettingNames.DEVICE_BATCH_WAIT_US,
            Type.INT,
            defaults.longestWaitMicros(),
            between(0, 1_000_000),
            Importance.LOW,
            "How long a request may wait for others while the device is idle, microseconds."
                + " Applies only if requests are merged. 0: a run merges only the requests that"
                + " arrived while the device was busy.")
        .define(
            SettingNames.DEVICE_BREAKER_FAILURES,
            Type.INT,
            defaults.breakerFailures(),
            between(0, 1_000),
            Importance.LOW,
            "Number of failures of cuda in a row, of items that the processor managed, before a"
                + " model moves to the processor. 0: a model never moves, and the fallback takes"
                + " no memory.")
        .define(
            SettingNames.DEVICE_BREAKER_RETRY_RUNS,
            Type.INT,
            defaults.breakerRetryRuns(),
            between(0, 1_000_000),
            Importance.LOW,
            "Number of runs on the processor before the model tries cuda again. 0: not before a"
                + " restart.");
  }

  private static void limits(ConfigDef definition) {
    definition
        .define(
            SettingNames.ID_LENGTH,
            Type.INT,
            256,
            between(1, 4_096),
            Importance.LOW,
            "Maximum length of a tenant, event or query id, characters.")
        .define(
            SettingNames.LABEL_LENGTH,
            Type.INT,
            256,
            between(1, 1_024),
            Importance.LOW,
            "Maximum length of a label, characters.")
        .define(
            SettingNames.TEXT_LENGTH,
            Type.INT,
            10_000,
            between(1, 1_000_000),
            Importance.LOW,
            "Maximum length of a text, characters. The shipped encoder reads the first 256"
                + " tokens.")
        .define(
            SettingNames.FEATURE_DIMENSION,
            Type.INT,
            4_096,
            between(1, 65_536),
            Importance.LOW,
            "Maximum number of features in a payload. A bundle may require an exact number.")
        .define(
            SettingNames.MAX_WEIGHT,
            Type.DOUBLE,
            100.0,
            between(0.001, SupportSet.MAX_WEIGHT),
            Importance.LOW,
            "Maximum weight of an example.");
  }

  private static void answers(ConfigDef definition) {
    definition
        .define(
            SettingNames.TOP_K,
            Type.INT,
            3,
            between(1, 200),
            Importance.MEDIUM,
            "Maximum number of labels in a prediction.")
        .define(
            SettingNames.ABSTAIN_BELOW,
            Type.DOUBLE,
            0.0,
            between(0.0, 1.0),
            Importance.MEDIUM,
            "A prediction with a confidence below this value is marked as abstained. 0: never.");
  }

  private static void batching(ConfigDef definition) {
    definition
        .define(
            SettingNames.BATCH_SIZE,
            Type.INT,
            64,
            between(1, 4_096),
            Importance.MEDIUM,
            "Maximum number of events of a task in one batch. 1: the task processes each event"
                + " alone.")
        .define(
            SettingNames.BATCH_LINGER_MS,
            Type.INT,
            5,
            between(0, 1_000),
            Importance.MEDIUM,
            "How long an event waits for others, milliseconds. 0: the task processes each event"
                + " alone. Unless kafka.poll.ms is set, an idle thread polls at this interval or"
                + " every 100 ms, whichever is shorter.")
        .define(
            SettingNames.BATCH_DURABILITY,
            Type.STRING,
            "auto",
            CaseInsensitiveValidString.in("auto", "inbox", "gate"),
            Importance.MEDIUM,
            "How waiting events survive a commit. inbox: in a logged store, with public Kafka API"
                + " only. gate: the task processes them before every commit, for lower latency."
                + " auto: inbox with exactly_once_v2, gate with at_least_once. With at_least_once"
                + " a killed instance could lose events that an inbox has just released.");
  }

  private static void runtime(ConfigDef definition) {
    definition
        .define(
            SettingNames.HEADS_CACHE_MB,
            Type.INT,
            0,
            between(0, 1_000_000),
            Importance.MEDIUM,
            "Maximum heap memory for decoded heads and tenants' meta records, MiB, for all tasks"
                + " of this instance together. 0: a quarter of the heap. A head takes 2 × labels"
                + " × (features + 1) × 4 bytes.")
        .define(
            SettingNames.STREAM_THREADS,
            Type.INT,
            2,
            between(1, 1_000),
            Importance.HIGH,
            "Number of stream threads of this instance.")
        .define(
            SettingNames.PROCESSING_GUARANTEE,
            Type.STRING,
            "exactly_once_v2",
            ValidString.in("exactly_once_v2", "at_least_once"),
            Importance.HIGH,
            "exactly_once_v2: every query gets one answer. at_least_once: lowest latency.")
        .define(
            SettingNames.STATE_DIR,
            Type.STRING,
            "data/state",
            new NonEmptyString(),
            Importance.HIGH,
            "Directory of the local state. Each instance on a machine needs its own.")
        .define(
            SettingNames.STARTUP_TIMEOUT_MS,
            Type.INT,
            15_000,
            atLeast(100),
            Importance.LOW,
            "How long a start-up check waits for the brokers, milliseconds. The registry's client"
                + " has its own settings: serde.http.connect.timeout.ms,"
                + " serde.http.read.timeout.ms, serde.max.retries.");
  }

  private static void state(ConfigDef definition) {
    definition.define(
        SettingNames.STATE_MEMORY_MB,
        Type.INT,
        BoundedRocksDbMemory.DEFAULT_MEMORY_MB,
        between(16, 1_048_576),
        Importance.HIGH,
        "Maximum memory of the local state outside the heap, MiB. All stores and partitions of"
            + " the process share it, half of it for write buffers. Allow 2 for every store and"
            + " partition. Your own kafka.rocksdb.config.setter replaces this.");
  }
}
