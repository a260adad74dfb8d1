package dev.hyperflow.topology.internal.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings of one mapped topic, without {@code source.<name>.} in front. */
final class SourceDefinition {
  static final String PREFIX = "source.";

  static final String TOPIC = "topic";
  static final String FORMAT = "format";
  static final String KEY_FORMAT = "key.format";
  static final String SUBJECT = "subject";
  static final String SEPARATOR = "text.separator";
  static final String OPERATIONS = "operation.values";
  static final String NULL_VALUE = "null-value";
  static final String REPARTITION = "repartition";
  static final String MAY_MERGE = "tenant.may-merge";
  static final String MISSING = ".missing";
  static final String DEFAULT = ".default";
  static final String UNIT = ".unit";

  private static final String[] UNITS = {"millis", "seconds", "micros", "nanos"};
  private static final ConfigDef ALL = define();

  private SourceDefinition() {}

  static ConfigDef all() {
    return ALL;
  }

  private static ConfigDef define() {
    ConfigDef all = new ConfigDef();
    all.define(
        TOPIC,
        Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        new NonEmptyString(),
        Importance.HIGH,
        "The topic. It must exist, and nothing is written to it.");
    text(
        all,
        FORMAT,
        "json",
        "What values are. avro: any Avro of the registry. json: JSON, with or without a registry's"
            + " first bytes. string: text in UTF-8.",
        "avro",
        "json",
        "string");
    text(
        all,
        KEY_FORMAT,
        "string",
        "What keys are, for paths that begin with key. long and integer: as Kafka's serializers"
            + " write numbers.",
        "avro",
        "json",
        "string",
        "long",
        "integer");
    path(
        all,
        SUBJECT,
        "",
        "Subject of the schema that start-up compares the paths with, for avro. Empty: the topic"
            + " with -value.");
    path(all, "tenant", "key", "Path of the tenant: a text or a whole number, taken as it is.");
    text(all, "tenant" + MISSING, "refuse", missing("tenant"), "refuse", "skip");
    path(
        all,
        "tenant" + DEFAULT,
        "",
        "Tenant of the records that name none. Needs tenant.may-merge.");
    all.define(
        MAY_MERGE,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Says that all records without a tenant may become one tenant.");
    path(
        all,
        "id",
        "",
        "Path of the id: a text or a whole number. Empty: the id is always missing.");
    text(
        all,
        "id" + MISSING,
        "refuse",
        "What becomes of a record without an id. content: a hash of text and features is the id."
            + " offset: topic, partition and offset are. Without a path of the id, the default is"
            + " offset.",
        "refuse",
        "skip",
        "content",
        "offset");
    path(all, "text", "", "Paths of the text, comma-separated; their texts are joined.");
    path(all, SEPARATOR, "\\n", "What stands between joined texts. \\n is a new line.");
    text(all, "text" + MISSING, "refuse", missing("text"), "refuse", "skip");
    path(all, "text" + DEFAULT, "", "Text of the records that have none.");
    path(all, "features", "", "Path of the features: an array of numbers.");
    optional(all, "features");
    path(
        all,
        "label",
        "",
        "Path of the label. Empty: the topic holds queries. A record with a label teaches it; one"
            + " without is a query.");
    optional(all, "label");
    path(all, "label" + DEFAULT, "", "Label of the records that have none: then none is a query.");
    path(
        all,
        "operation",
        "",
        "Path of the operation: QUERY, ADD, FEEDBACK, DESCRIBE_LABEL, RETRACT, FORGET_LABEL or"
            + " FORGET_TENANT. Empty: the label decides.");
    optional(all, "operation");
    path(all, "operation" + DEFAULT, "", "Operation of the records that name none.");
    path(
        all,
        OPERATIONS,
        "",
        "What the texts at the operation's path mean, such as c:QUERY,d:RETRACT. Empty: they are"
            + " names of operations.");
    path(all, "weight", "", "Path of the weight of an example: a number.");
    optional(all, "weight");
    path(all, "weight" + DEFAULT, "", "Weight of the records that have none.");
    path(all, "expiry", "", "Path of the time when an example expires.");
    optional(all, "expiry");
    text(
        all,
        "expiry" + UNIT,
        "millis",
        "Unit of a number there. Texts in ISO-8601 need none.",
        UNITS);
    path(all, "time", "", "Path of the time of the event. Empty: the record's timestamp.");
    optional(all, "time");
    text(
        all,
        "time" + UNIT,
        "millis",
        "Unit of a number there. Texts in ISO-8601 need none.",
        UNITS);
    text(
        all,
        NULL_VALUE,
        "refuse",
        "What a record without a value means. retract: the example of its id goes. forget-tenant:"
            + " its tenant is forgotten. Both need paths into key or headers.",
        "refuse",
        "skip",
        "retract",
        "forget-tenant");
    text(
        all,
        REPARTITION,
        "auto",
        "When records pass through a topic of the application, to the partition of their tenant."
            + " auto: unless the key is the tenant, as text, and the record's timestamp its time.",
        "auto",
        "always");
    return all;
  }

  private static String missing(String field) {
    return "What becomes of a record without %s. refuse: it goes to the dead letters. skip: it is ignored with SKIPPED."
        .formatted(field);
  }

  private static void optional(ConfigDef all, String field) {
    text(
        all,
        field + MISSING,
        "ignore",
        missing(field) + " ignore: it is read as if no path led there.",
        "ignore",
        "refuse",
        "skip");
  }

  private static void text(
      ConfigDef all, String name, String fallback, String meaning, String... values) {
    all.define(name, Type.STRING, fallback, ValidString.in(values), Importance.MEDIUM, meaning);
  }

  private static void path(ConfigDef all, String name, String fallback, String meaning) {
    all.define(name, Type.STRING, fallback, Importance.HIGH, meaning);
  }
}
