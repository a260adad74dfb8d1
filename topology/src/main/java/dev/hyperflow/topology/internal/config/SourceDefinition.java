package dev.hyperflow.topology.internal.config;

import org.apache.kafka.common.config.ConfigDef;
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

  private static final ValidString OPTIONAL = ValidString.in("ignore", "refuse", "skip");
  private static final ValidString UNITS = ValidString.in("millis", "seconds", "micros", "nanos");
  private static final ConfigDef ALL = define();

  private SourceDefinition() {}

  static ConfigDef all() {
    return ALL;
  }

  private static ConfigDef define() {
    return new SettingList()
        .required(TOPIC, "The topic. It must exist, and nothing is written to it.")
        .text(
            FORMAT,
            "json",
            ValidString.in("avro", "json", "string"),
            "What values are. avro: any Avro of the registry. json: JSON, with or without a registry's"
                + " first bytes. string: text in UTF-8.")
        .text(
            KEY_FORMAT,
            "string",
            ValidString.in("avro", "json", "string", "long", "integer"),
            "What keys are, for paths that begin with key. long and integer: as Kafka's serializers"
                + " write numbers.")
        .text(
            SUBJECT,
            "",
            "Subject of the schema that start-up compares the paths with, for avro. Empty: the topic"
                + " with -value.")
        .text("tenant", "key", "Path of the tenant: a text or a whole number, taken as it is.")
        .text("tenant" + MISSING, "refuse", ValidString.in("refuse", "skip"), missing("tenant"))
        .text(
            "tenant" + DEFAULT, "", "Tenant of the records that name none. Needs tenant.may-merge.")
        .flag(MAY_MERGE, false, "Says that all records without a tenant may become one tenant.")
        .text(
            "id", "", "Path of the id: a text or a whole number. Empty: the id is always missing.")
        .text(
            "id" + MISSING,
            "refuse",
            ValidString.in("refuse", "skip", "content", "offset"),
            "What becomes of a record without an id. content: a hash of text and features is the id."
                + " offset: topic, partition and offset are. Without a path of the id, the default is"
                + " offset.")
        .text("text", "", "Paths of the text, comma-separated; their texts are joined.")
        .text(SEPARATOR, "\\n", "What stands between joined texts. \\n is a new line.")
        .text("text" + MISSING, "refuse", ValidString.in("refuse", "skip"), missing("text"))
        .text("text" + DEFAULT, "", "Text of the records that have none.")
        .text("features", "", "Path of the features: an array of numbers.")
        .text("features" + MISSING, "ignore", OPTIONAL, ignorable("features"))
        .text(
            "label",
            "",
            "Path of the label. Empty: the topic holds queries. A record with a label teaches it; one"
                + " without is a query.")
        .text("label" + MISSING, "ignore", OPTIONAL, ignorable("label"))
        .text("label" + DEFAULT, "", "Label of the records that have none: then none is a query.")
        .text(
            "operation",
            "",
            "Path of the operation: QUERY, ADD, FEEDBACK, DESCRIBE_LABEL, RETRACT, FORGET_LABEL or"
                + " FORGET_TENANT. Empty: the label decides.")
        .text("operation" + MISSING, "ignore", OPTIONAL, ignorable("operation"))
        .text("operation" + DEFAULT, "", "Operation of the records that name none.")
        .text(
            OPERATIONS,
            "",
            "What the texts at the operation's path mean, such as c:QUERY,d:RETRACT. Empty: they are"
                + " names of operations.")
        .text("weight", "", "Path of the weight of an example: a number.")
        .text("weight" + MISSING, "ignore", OPTIONAL, ignorable("weight"))
        .text("weight" + DEFAULT, "", "Weight of the records that have none.")
        .text("expiry", "", "Path of the time when an example expires.")
        .text("expiry" + MISSING, "ignore", OPTIONAL, ignorable("expiry"))
        .text(
            "expiry" + UNIT,
            "millis",
            UNITS,
            "Unit of a number there. Texts in ISO-8601 need none.")
        .text("time", "", "Path of the time of the event. Empty: the record's timestamp.")
        .text("time" + MISSING, "ignore", OPTIONAL, ignorable("time"))
        .text(
            "time" + UNIT, "millis", UNITS, "Unit of a number there. Texts in ISO-8601 need none.")
        .text(
            NULL_VALUE,
            "refuse",
            ValidString.in("refuse", "skip", "retract", "forget-tenant"),
            "What a record without a value means. retract: the example of its id goes. forget-tenant:"
                + " its tenant is forgotten. Both need paths into key or headers.")
        .text(
            REPARTITION,
            "auto",
            ValidString.in("auto", "always"),
            "When records pass through a topic of the application, to the partition of their tenant."
                + " auto: unless the key is the tenant, as text, and the record's timestamp its time.");
  }

  private static String missing(String field) {
    return "What becomes of a record without %s. refuse: it goes to the dead letters. skip: it is ignored with SKIPPED."
        .formatted(field);
  }

  private static String ignorable(String field) {
    return missing(field) + " ignore: it is read as if no path led there.";
  }
}
