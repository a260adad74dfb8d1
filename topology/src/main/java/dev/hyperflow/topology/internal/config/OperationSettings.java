package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The definition of the settings of metrics and traces. */
final class OperationSettings {
  private OperationSettings() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            SettingNames.METRICS_TENANTS,
            Type.INT,
            20,
            between(0, 1_000),
            Importance.LOW,
            "Number of tenants, the busiest of this instance, whose accuracy and drift appear in"
                + " metrics. Their ids are then visible to whoever scrapes. 0: none.")
        .define(
            SettingNames.TRACING_ENDPOINT,
            Type.STRING,
            "",
            Importance.LOW,
            "URL of the OpenTelemetry collector's HTTP receiver that gets the spans, for example"
                + " http://collector:4318/v1/traces. Empty: no tracing. Tracing adds only W3C's"
                + " headers to records.")
        .define(
            SettingNames.TRACING_SAMPLE,
            Type.DOUBLE,
            0.01,
            between(0.0, 1.0),
            Importance.LOW,
            "Share of the records without a trace in their headers that begin one. A record with"
                + " a trace in its headers follows the sampling decision of that trace.");
  }
}
