package dev.hyperflow.engine.internal.event;

/**
 * Why nothing came of a record. The names are written to dead letters and are tags of meters: a
 * public contract. {@code docs/reasons.md} lists them.
 */
public enum Reason {
  DUPLICATE(
      Fate.IGNORED,
      "The event equals what the tenant remembers.",
      "Do nothing. To renew an example, send it under another event id."),
  EXPIRED(
      Fate.IGNORED,
      "The example had expired when it came.",
      "Compare the delay of the producer with the time of expiry."),
  UNKNOWN_EVENT(
      Fate.IGNORED,
      "The tenant has no example of the id that a `RETRACT` names. An example of an earlier"
          + " timestamp that comes within the next hour is ignored, too.",
      "Do nothing if it was retracted, displaced or forgotten before. Otherwise check the id."),
  RETRACTED(
      Fate.IGNORED,
      "A `RETRACT` of that id and a later timestamp came before the event.",
      "Do nothing. To add the example all the same, send it with a later timestamp."),
  UNKNOWN_LABEL(
      Fate.IGNORED,
      "The tenant has no label of that name.",
      "Do nothing if it was forgotten before. Otherwise check the name."),
  UNCHANGED_NAME(Fate.IGNORED, "The label has that name already.", "Do nothing."),
  UNKNOWN_TENANT(
      Fate.IGNORED, "Nothing is known of the tenant.", "Check the key of the record if it should."),
  UNCHANGED_SETTINGS(Fate.IGNORED, "The tenant has these settings already.", "Do nothing."),
  UNKNOWN_QUERY(
      Fate.IGNORED,
      "The tenant remembers no query of the id that a `FEEDBACK` names. If the query comes within"
          + " `feedback.window.ms`, the feedback takes effect then.",
      "Check the query id and the key. Send feedback under the key of its query."),
  LATE_FEEDBACK(
      Fate.IGNORED,
      "The feedback came later after its query than `feedback.window.ms`.",
      "Raise `feedback.window.ms`, or send the label with its text as `ADD`."),
  QUERY_WITHOUT_TEXT(
      Fate.IGNORED,
      "Another encoder made the query's features, and its text is not kept.",
      "Send the label with its text as `ADD`, or set `memory.texts=keep`."),
  SKIPPED(
      Fate.IGNORED,
      "A field of a mapped record is missing, and the mapping says to skip such records.",
      "Do nothing. To see such records, set the field's `missing` to `refuse`."),

  NULL_KEY(
      Fate.REFUSED,
      "The record has no key, or an empty one. The key holds the tenant.",
      "Send the tenant as key, then replay the letter with `--key`."),
  UNDECODABLE_KEY(
      Fate.REFUSED,
      "The key is not UTF-8 text, or holds control characters. The message says what it looks like.",
      "Give the producer a string serializer for keys."),
  KEY_NOT_NORMAL(
      Fate.REFUSED,
      "The tenant has spaces at its ends or signs that are not composed (Unicode NFC).",
      "Trim and compose the tenant before you send. Replay the letter with `--key`."),
  INVISIBLE_SIGN(
      Fate.REFUSED,
      "A tenant, a label or an id has a sign that cannot be seen. The message names it.",
      "Remove the sign where the name comes from."),
  WRONG_PARTITION(
      Fate.REFUSED,
      "The record is not in the partition that Kafka's default partitioner (murmur2) gives its key.",
      "Set the partitioner of the producer, for librdkafka `partitioner=murmur2_random`."),
  UNDECODABLE(
      Fate.REFUSED,
      "The value is not a record of the expected schema in the registry's wire format.",
      "Check the producer's serializer and the registry."),
  NULL_VALUE(Fate.REFUSED, "A query has no value.", "Send a query with a payload."),
  MISSING_FIELD(
      Fate.REFUSED,
      "A field that the operation needs is absent or blank.",
      "Fill in the field that the message names."),
  UNKNOWN_OPERATION(
      Fate.REFUSED,
      "This version does not know the operation.",
      "Upgrade the application, then replay the letter."),
  UNSUPPORTED_OPERATION(
      Fate.REFUSED,
      "The configuration does not allow the operation.",
      "For `FEEDBACK`, set `feedback.window.ms` above 0."),
  ID_TOO_LONG(
      Fate.REFUSED,
      "A tenant, an event id or a query id is longer than `limits.id-length`.",
      "Shorten it or raise the limit."),
  LABEL_TOO_LONG(
      Fate.REFUSED,
      "A label is longer than `limits.label-length`.",
      "Shorten it or raise the limit."),
  EMPTY_TEXT(Fate.REFUSED, "The text is empty or blank.", "Send a text with words."),
  TEXT_TOO_LONG(
      Fate.REFUSED,
      "The text is longer than `limits.text-length`.",
      "Shorten it or raise the limit."),
  MALFORMED_FEATURES(
      Fate.REFUSED,
      "The payload holds no features, or packed bytes that are no whole number of values.",
      "Check how the producer packs features."),
  NON_FINITE_FEATURES(
      Fate.REFUSED, "A feature is NaN or infinite.", "Check the encoder of the producer."),
  FEATURE_OUT_OF_RANGE(
      Fate.REFUSED,
      "A feature is too large to compute with.",
      "Scale the features to about unit length."),
  WRONG_DIMENSION(
      Fate.REFUSED,
      "The number of features is not that of the bundle or of the tenant's examples.",
      "Send features of the encoder that the tenant's examples come from."),
  WEIGHT_OUT_OF_RANGE(
      Fate.REFUSED,
      "The weight is not above 0 and at most `limits.max-weight`.",
      "Correct the weight or raise the limit."),
  EXPIRY_OUT_OF_RANGE(
      Fate.REFUSED,
      "The time of expiry is not after the event and before the year 10000.",
      "Send milliseconds since the epoch. The message says which unit it looks like."),
  TIMESTAMP_OUT_OF_RANGE(
      Fate.REFUSED,
      "The time of the event is beyond the year 9999.",
      "Send milliseconds since the epoch. The message says which unit it looks like."),
  SETTING_OUT_OF_RANGE(Fate.REFUSED, "A tenant's setting is out of range.", "Correct the setting."),
  WRONG_FEATURE_SPACE(
      Fate.REFUSED,
      "Another encoder than the bundle's made the tenant's examples.",
      "Retract the examples without text, forget the tenant, or replay under a new"
          + " `application.id`."),
  TOO_MANY_LABELS(
      Fate.REFUSED,
      "The tenant has `memory.labels-per-tenant` labels.",
      "Forget a label that is not used, or raise the limit."),
  LABEL_EXISTS(
      Fate.REFUSED,
      "The new name of a label is that of another label of the tenant.",
      "Choose another name, or send `MERGE_LABELS` to make two labels one."),
  NO_ENCODER(
      Fate.REFUSED,
      "The payload is a text, and the bundle has no encoder.",
      "Send features, or use a bundle with an encoder."),
  NO_KNOWN_WORDS(
      Fate.REFUSED,
      "The encoder knows no word of the text: such texts look nearly the same to it.",
      "Use an encoder for the language, or send features."),
  ENCODE_FAILED(
      Fate.REFUSED, "The encoder failed on this text.", "Read the message; replay the letter."),
  INTEGRATION_FAILED(
      Fate.REFUSED,
      "The model could not make the tenant's head.",
      "Check the weights and features of the tenant's examples."),
  SCORE_NOT_FINITE(
      Fate.REFUSED,
      "The features are so large that the score overflows.",
      "Scale the features to about unit length.");

  /** What becomes of a record for that reason. */
  public enum Fate {
    /** It asks for nothing new, so it changes nothing. */
    IGNORED,
    /** It cannot be taken; a dead letter holds it. */
    REFUSED
  }

  private final Fate fate;
  private final String meaning;
  private final String remedy;

  Reason(Fate fate, String meaning, String remedy) {
    this.fate = fate;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** What becomes of a record for this reason. */
  public Fate fate() {
    return fate;
  }

  /** What it means, in sentences. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it, in sentences. */
  public String remedy() {
    return remedy;
  }

  /** The reasons of a fate as a table in Markdown. */
  public static String table(Fate fate) {
    StringBuilder table = new StringBuilder("| reason | meaning | what to do |\n|---|---|---|\n");
    for (Reason reason : values()) {
      if (reason.fate == fate) {
        table.append("| `%s` | %s | %s |\n".formatted(reason, reason.meaning, reason.remedy));
      }
    }
    return table.toString();
  }
}
