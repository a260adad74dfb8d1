package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;

/** The settings of batches. */
final class BatchDefinition {
  private static final String SIZE = "batch.size";
  private static final String LINGER_MS = "batch.linger.ms";
  private static final String DURABILITY = "batch.durability";
  private static final String AUTO = "auto";

  private BatchDefinition() {}

  static void define(SettingList settings) {
    settings
        .integer(
            SIZE,
            64,
            between(1, 4_096),
            "Maximum number of events of a task in one batch. 1: the task processes each event"
                + " alone.")
        .integer(
            LINGER_MS,
            1,
            between(0, 1_000),
            "How long an event waits for others, milliseconds. 0: the task processes each event"
                + " alone. Events that come while a thread works join the next batch anyway. An idle"
                + " thread polls at this interval, but not below 5 or above 100 ms, unless"
                + " kafka.poll.ms is set.")
        .text(
            DURABILITY,
            AUTO,
            CaseInsensitiveValidString.in(AUTO, "inbox", "gate"),
            "How waiting events survive a commit. inbox: in a logged store. gate: the task processes"
                + " them before every commit. auto: inbox with exactly_once_v2, gate with"
                + " at_least_once. With at_least_once a killed instance could lose events that an"
                + " inbox has just released.");
  }

  /**
   * Reads them.
   *
   * @param exactlyOnce what {@code auto} durability depends on
   */
  static BatchSettings read(ParsedSettings parsed, boolean exactlyOnce) {
    return new BatchSettings(
        parsed.getInt(SIZE), parsed.getInt(LINGER_MS), durability(parsed, exactlyOnce));
  }

  private static Durability durability(ParsedSettings parsed, boolean exactlyOnce) {
    if (parsed.getString(DURABILITY).equalsIgnoreCase(AUTO)) {
      return exactlyOnce ? Durability.INBOX : Durability.GATE;
    }
    return parsed.getEnum(Durability.class, DURABILITY);
  }
}
