package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of traces. */
final class TracingDefinition {
  private static final String ENDPOINT = "tracing.endpoint";
  private static final String SAMPLE = "tracing.sample";

  private TracingDefinition() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            ENDPOINT,
            Type.STRING,
            "",
            Importance.LOW,
            "URL of the OpenTelemetry collector's HTTP receiver that gets the spans, for example"
                + " http://collector:4318/v1/traces. Empty: no tracing. Tracing adds only W3C's"
                + " headers to records.")
        .define(
            SAMPLE,
            Type.DOUBLE,
            0.01,
            between(0.0, 1.0),
            Importance.LOW,
            "Share of the records without a trace in their headers that begin one. A record with"
                + " a trace in its headers follows the sampling decision of that trace.");
  }

  /** Reads where spans go; empty: nothing is traced. */
  static Optional<String> endpoint(ParsedSettings parsed) {
    return parsed.optional(ENDPOINT);
  }

  /** Reads the share of the records that begin a trace, 0 to 1. */
  static double sample(ParsedSettings parsed) {
    return parsed.getDouble(SAMPLE);
  }
}
