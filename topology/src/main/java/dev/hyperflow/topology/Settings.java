package dev.hyperflow.topology;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.models.DevicePolicy;
import dev.hyperflow.models.SupportSet;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
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
    device(definition);
    limits(definition);
    answers(definition);
    runtime(definition);
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
            "classpath:bundles/minilm-analytic-v0",
            new NonEmptyString(),
            Importance.HIGH,
            "The bundle: a directory, a .zip file, or classpath:folder.")
        .define(
            SettingNames.DEVICE,
            Type.STRING,
            "cpu",
            CaseInsensitiveValidString.in("cpu", "cuda", "auto"),
            Importance.HIGH,
            "Where networks run. cuda refuses to start without CUDA; auto falls back to cpu.")
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
            between(1, 1024),
            Importance.HIGH,
            "Most examples remembered of a label; the oldest makes room. Labels × examples must"
                + " not exceed the bundle's largest support bucket.");
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
                + " auto merges on cuda only; on a processor it costs throughput.")
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

  private static void runtime(ConfigDef definition) {
    definition
        .define(
            SettingNames.HEADS_CACHED,
            Type.INT,
            1_000,
            between(1, 10_000_000),
            Importance.MEDIUM,
            "Most heads kept decoded on the heap, per task. A head takes 2 × labels ×"
                + " (features + 1) × 4 bytes.")
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
}
