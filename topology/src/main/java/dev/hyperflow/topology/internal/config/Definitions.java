package dev.hyperflow.topology.internal.config;

import org.apache.kafka.common.config.ConfigDef;

/** Every setting, in the order of the documents. */
final class Definitions {
  private static final ConfigDef ALL = define();

  private Definitions() {}

  static ConfigDef all() {
    return ALL;
  }

  private static ConfigDef define() {
    SettingList all = new SettingList();
    ClusterDefinition.define(all);
    RegistryDefinition.define(all);
    TopicDefinition.define(all);
    BundleDefinition.define(all);
    MemoryDefinition.define(all);
    QueryDefinition.define(all);
    QualityDefinition.define(all);
    DeviceDefinition.define(all);
    LimitsDefinition.define(all);
    PredictionDefinition.define(all);
    BatchDefinition.define(all);
    RuntimeDefinition.define(all);
    MetricsDefinition.define(all);
    TracingDefinition.define(all);
    HttpDefinition.define(all);
    return all;
  }
}
