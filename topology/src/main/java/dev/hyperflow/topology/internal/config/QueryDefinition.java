package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.hyperflow.engine.internal.QuerySettings;
import dev.hyperflow.engine.internal.event.Consistency;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The settings that say how current an answer is, and what heads may cost. */
final class QueryDefinition {
  private static final String CONSISTENCY = "query.consistency";
  private static final String INTEGRATIONS_PER_SECOND = "query.integrations-per-second";
  private static final String FEEDBACK_WINDOW_MS = "feedback.window.ms";
  private static final String BACKGROUND_HEADS = "background.heads-per-tick";
  private static final String BACKGROUND_TICK_MS = "background.tick.ms";

  private QueryDefinition() {}

  static void define(SettingList settings) {
    settings
        .text(
            CONSISTENCY,
            "fresh",
            ValidString.in("fresh", "latest"),
            "fresh: a query sees every support event before it in its partition. latest: a query"
                + " gets an answer from the last finished head, and the background work"
                + " integrates stale heads. A tenant's own settings override it.")
        .real(
            INTEGRATIONS_PER_SECOND,
            100.0,
            atLeast(0.0),
            "Maximum number of integrations per second of a tenant's event time. Beyond the"
                + " limit, the tenant's last head answers, with the status RATE_LIMITED. 0: no"
                + " limit.")
        .longInteger(
            FEEDBACK_WINDOW_MS,
            0L,
            atLeast(0L),
            "How long after a query the application accepts its true label as FEEDBACK,"
                + " milliseconds of event time, for example 3600000. The application must store"
                + " the features of every query. For queries with packed features that costs more"
                + " than all other work. 0: it stores none, and FEEDBACK goes to the dead"
                + " letters.")
        .integer(
            BACKGROUND_HEADS,
            8,
            between(1, 10_000),
            "Maximum number of heads that a task integrates in the background per tick: stale"
                + " heads in latest mode, missing heads after a restart or a change of the"
                + " bundle.")
        .integer(
            BACKGROUND_TICK_MS,
            100,
            between(1, 60_000),
            "Time between two ticks of the background work, milliseconds.");
  }

  static QuerySettings read(ParsedSettings parsed) {
    return new QuerySettings(
        parsed.getEnum(Consistency.class, CONSISTENCY),
        parsed.getDouble(INTEGRATIONS_PER_SECOND),
        parsed.getLong(FEEDBACK_WINDOW_MS),
        parsed.getInt(BACKGROUND_HEADS));
  }

  static int tickMillis(ParsedSettings parsed) {
    return parsed.getInt(BACKGROUND_TICK_MS);
  }
}
