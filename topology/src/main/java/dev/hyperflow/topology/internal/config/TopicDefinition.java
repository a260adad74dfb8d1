package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.topology.internal.source.ForeignPartition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/** The settings of the topics: their names, and how missing ones are created. */
final class TopicDefinition {
  private static final String SUPPORT = "topics.support";
  private static final String QUERIES = "topics.queries";
  private static final String PREDICTIONS = "topics.predictions";
  private static final String PREDICTIONS_FORMAT = "topics.predictions.format";
  private static final String DEAD_LETTERS = "topics.dead-letters";
  private static final String HEADS = "topics.heads";
  private static final String QUALITY = "topics.quality";
  private static final String BUNDLES = "topics.bundles";
  private static final String FOREIGN_PARTITION = "topics.foreign-partition";
  private static final String CREATE = "topics.create";
  private static final String PARTITIONS = "topics.partitions";
  private static final String REPLICATION = "topics.replication-factor";

  private TopicDefinition() {}

  static void define(SettingList settings) {
    settings
        .text(
            SUPPORT, "support", new NonEmptyString(), "Topic. Labelled examples, keyed by tenant.")
        .text(
            QUERIES,
            "queries",
            new NonEmptyString(),
            "Topic. Queries, keyed by tenant. Needs as many partitions as the support topic.")
        .text(PREDICTIONS, "predictions", new NonEmptyString(), "Topic. Answers, keyed by tenant.")
        .text(
            PREDICTIONS_FORMAT,
            "avro",
            ValidString.in("avro", "json"),
            "What answers are written as. avro: in the registry's wire format. json: one JSON object"
                + " with the same fields, without a registry.")
        .text(
            DEAD_LETTERS,
            "dead-letters",
            new NonEmptyString(),
            "Topic. Refused records, with reason and coordinates.")
        .text(
            HEADS,
            "",
            "Topic. Adapted heads, keyed by tenant, compacted. Empty: the application does not"
                + " publish heads.")
        .text(
            QUALITY,
            "",
            "Topic. Live quality, keyed by tenant, compacted. Empty: the application does not"
                + " publish quality.")
        .text(
            BUNDLES,
            "",
            "Topic. Control records of bundle rollouts, one partition. Empty: the bundle cannot"
                + " change while the application runs.")
        .text(
            FOREIGN_PARTITION,
            "warn",
            ValidString.in("accept", "warn", "dead-letter"),
            "What becomes of a record that is not in the partition of its key (murmur2). accept: the"
                + " application takes it. warn: it also logs the first one of each topic."
                + " dead-letter: it refuses the record with WRONG_PARTITION.")
        .flag(CREATE, true, "Whether start-up creates missing topics.")
        .integer(
            PARTITIONS,
            4,
            between(1, 10_000),
            "Partitions of a topic that start-up creates. This bounds the number of instances"
                + " that can share the work.")
        .integer(
            REPLICATION,
            -1,
            between(-1, 16),
            "Replicas of a topic that start-up creates; -1: the broker's default.");
  }

  /**
   * Reads the names.
   *
   * @throws ConfigException if two purposes share a topic
   */
  static Topics read(ParsedSettings parsed) {
    Topics topics =
        new Topics(
            parsed.getString(SUPPORT),
            parsed.getString(QUERIES),
            parsed.getString(PREDICTIONS),
            parsed.getString(DEAD_LETTERS),
            parsed.optional(HEADS),
            parsed.optional(QUALITY),
            parsed.optional(BUNDLES));
    Set<String> seen = new HashSet<>();
    for (String topic : topics.all()) {
      if (!KafkaNames.isValid(topic, KafkaNames.MAX_LENGTH)) {
        throw new ConfigException(
            "topics.*: expected %s, found '%s'"
                .formatted(KafkaNames.expected(KafkaNames.MAX_LENGTH), topic));
      }
      if (!seen.add(topic)) {
        throw new ConfigException(
            "topics.*: expected a topic of its own for each purpose, found '%s' twice"
                .formatted(topic));
      }
    }
    return topics;
  }

  /** Whether predictions are written as JSON, and not as Avro. */
  static boolean predictionsAreJson(ParsedSettings parsed) {
    return parsed.getString(PREDICTIONS_FORMAT).equals("json");
  }

  /** Reads what becomes of records in another partition than their key's. */
  static ForeignPartition readForeignPartition(ParsedSettings parsed) {
    return parsed.getEnum(ForeignPartition.class, FOREIGN_PARTITION);
  }

  /**
   * Reads how missing topics are created; empty: they are not.
   *
   * @throws ConfigException if they would have no replica
   */
  static Optional<Topics.Creation> readCreation(ParsedSettings parsed) {
    if (parsed.getInt(REPLICATION) == 0) {
      throw new ConfigException(
          REPLICATION, 0, "expected -1 for the broker's default, or 1 to 16 replicas");
    }
    return parsed.getBoolean(CREATE)
        ? Optional.of(
            new Topics.Creation(parsed.getInt(PARTITIONS), parsed.getInt(REPLICATION).shortValue()))
        : Optional.empty();
  }
}
