package dev.hyperflow.topology.internal.config;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

/** The settings of metrics. */
final class MetricsDefinition {
  private static final String TENANTS = "metrics.tenants";

  private MetricsDefinition() {}

  static void define(SettingList settings) {
    settings.integer(
        TENANTS,
        20,
        between(0, 1_000),
        "Number of tenants, the busiest of this instance, whose accuracy and drift appear in"
            + " metrics. Everyone who scrapes the metrics sees their ids. 0: none.");
  }

  /** Reads the number of tenants whose figures metrics show. */
  static int read(ParsedSettings parsed) {
    return parsed.getInt(TENANTS);
  }
}
