package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of metrics. */
final class MetricsDefinition {
  private static final String TENANTS = "metrics.tenants";

  private MetricsDefinition() {}

  static void define(ConfigDef definition) {
    definition.define(
        TENANTS,
        Type.INT,
        20,
        between(0, 1_000),
        Importance.LOW,
        "Number of tenants, the busiest of this instance, whose accuracy and drift appear in"
            + " metrics. Everyone who scrapes the metrics sees their ids. 0: none.");
  }

  /** Reads the number of tenants whose figures metrics show. */
  static int read(ParsedSettings parsed) {
    return parsed.getInt(TENANTS);
  }
}
