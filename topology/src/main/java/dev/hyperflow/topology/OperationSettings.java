package dev.hyperflow.topology;

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
            "Of how many tenants, the busiest of this instance, metrics show accuracy and drift; their"
                + " ids are in what is scraped. 0 for none.")
        .define(
            SettingNames.TRACING_ENDPOINT,
            Type.STRING,
            "",
            Importance.LOW,
            "Where spans go: the URL of an OpenTelemetry collector's HTTP receiver, for example"
                + " http://collector:4318/v1/traces. Empty: nothing is traced. Beside W3C's headers"
                + " of records nothing is added to them.")
        .define(
            SettingNames.TRACING_SAMPLE,
            Type.DOUBLE,
            0.01,
            between(0.0, 1.0),
            Importance.LOW,
            "Which share of the records whose headers name no trace begins one; those that name one"
                + " are traced when it is sampled.");
  }
}
