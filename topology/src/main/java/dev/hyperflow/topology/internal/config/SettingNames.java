package dev.hyperflow.topology.internal.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** The names of the settings: a public contract. */
final class SettingNames {
  static final String APPLICATION_ID = "application.id";
  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
  static final String SERDE = "serde.class";
  static final String TOPIC_SUPPORT = "topics.support";
  static final String TOPIC_QUERIES = "topics.queries";
  static final String TOPIC_PREDICTIONS = "topics.predictions";
  static final String TOPIC_DEAD_LETTERS = "topics.dead-letters";
  static final String TOPIC_HEADS = "topics.heads";
  static final String TOPIC_QUALITY = "topics.quality";
  static final String TOPIC_BUNDLES = "topics.bundles";
  static final String TOPICS_CREATE = "topics.create";
  static final String TOPICS_PARTITIONS = "topics.partitions";
  static final String TOPICS_REPLICATION = "topics.replication-factor";
  static final String BUNDLE = "bundle";
  static final String DEVICE = "device";
  static final String DEVICE_MERGE = "device.merge";
  static final String DEVICE_BATCH_SIZE = "device.batch-size";
  static final String DEVICE_BATCH_WAIT_US = "device.batch-wait-us";
  static final String DEVICE_BREAKER_FAILURES = "device.breaker-failures";
  static final String DEVICE_BREAKER_RETRY_RUNS = "device.breaker-retry-runs";
  static final String LABELS_PER_TENANT = "memory.labels-per-tenant";
  static final String EXAMPLES_PER_LABEL = "memory.examples-per-label";
  static final String EXAMPLES_PER_TENANT = "memory.examples-per-tenant";
  static final String MEMORY_POLICY = "memory.policy";
  static final String MEMORY_PRECISION = "memory.precision";
  static final String DESCRIPTION_WEIGHT = "memory.description-weight";
  static final String CONSISTENCY = "query.consistency";
  static final String INTEGRATIONS_PER_SECOND = "query.integrations-per-second";
  static final String FEEDBACK_WINDOW_MS = "feedback.window.ms";
  static final String BACKGROUND_HEADS = "background.heads-per-tick";
  static final String BACKGROUND_TICK_MS = "background.tick.ms";
  static final String QUALITY_FADING = "quality.fading";
  static final String QUALITY_REPORT_EVERY = "quality.report-every";
  static final String DRIFT_DELTA = "quality.drift-delta";
  static final String DRIFT_LAMBDA = "quality.drift-lambda";
  static final String DRIFT_OBSERVATIONS = "quality.drift-observations";
  static final String ID_LENGTH = "limits.id-length";
  static final String LABEL_LENGTH = "limits.label-length";
  static final String TEXT_LENGTH = "limits.text-length";
  static final String FEATURE_DIMENSION = "limits.feature-dimension";
  static final String MAX_WEIGHT = "limits.max-weight";
  static final String TOP_K = "prediction.top-k";
  static final String ABSTAIN_BELOW = "prediction.abstain-below";
  static final String BATCH_SIZE = "batch.size";
  static final String BATCH_LINGER_MS = "batch.linger.ms";
  static final String BATCH_DURABILITY = "batch.durability";
  static final String HEADS_CACHE_MB = "heads.cache-mb";
  static final String STREAM_THREADS = "stream.threads";
  static final String PROCESSING_GUARANTEE = "processing.guarantee";
  static final String STATE_DIR = "state.dir";
  static final String STATE_MEMORY_MB = "state.memory-mb";
  static final String METRICS_TENANTS = "metrics.tenants";
  static final String TRACING_ENDPOINT = "tracing.endpoint";
  static final String TRACING_SAMPLE = "tracing.sample";
  static final String STARTUP_TIMEOUT_MS = "startup.timeout.ms";

  /** Settings that go, without the prefix, to Kafka Streams and its clients. */
  static final String KAFKA_PREFIX = "kafka.";

  /** Settings that go, without the prefix, to the serdes. */
  static final String SERDE_PREFIX = "serde.";

  /** Confluent's names for the registry, used as they are. */
  private static final List<String> REGISTRY_PREFIXES =
      List.of("schema.registry.", "basic.auth.", "bearer.auth.");

  private static final Set<String> REGISTRY_NAMES =
      Set.of("auto.register.schemas", "use.latest.version", "value.subject.name.strategy");

  private SettingNames() {}

  /** Whether the setting is one of the registry's, passed on to the serdes. */
  static boolean isRegistrySetting(String name) {
    return REGISTRY_NAMES.contains(name) || REGISTRY_PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** Refuses a name that nothing would read, most often a typing error. */
  static void requireKnown(String name) {
    if (name.startsWith(KAFKA_PREFIX)) {
      String owned = name.substring(KAFKA_PREFIX.length());
      if (Set.of("application.id", "bootstrap.servers", "num.stream.threads", "state.dir")
              .contains(owned)
          || owned.equals("processing.guarantee")) {
        throw new ConfigException(
            name
                + ": expected the setting without this prefix"
                + (owned.equals("num.stream.threads") ? " as " + STREAM_THREADS : " as " + owned));
      }
      return;
    }
    if (!Settings.definition().names().contains(name)
        && !name.startsWith(SERDE_PREFIX)
        && !isRegistrySetting(name)) {
      throw new ConfigException(
          "%s: unknown setting; expected %s, or a name that starts with %s or %s"
              .formatted(name, nearest(name), KAFKA_PREFIX + "<client setting>", SERDE_PREFIX));
    }
  }

  private static String nearest(String name) {
    return Settings.definition().names().stream()
        .min(
            Comparator.comparingInt((String known) -> distance(name, known))
                .thenComparing(known -> known))
        .orElseThrow();
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
