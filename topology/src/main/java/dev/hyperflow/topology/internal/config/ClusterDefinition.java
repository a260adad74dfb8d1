package dev.hyperflow.topology.internal.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings that name the application and its brokers. */
final class ClusterDefinition {
  static final String APPLICATION_ID = "application.id";
  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  private ClusterDefinition() {}

  static void define(ConfigDef definition) {
    definition
        .define(
            APPLICATION_ID,
            Type.STRING,
            "hyperflow",
            new NonEmptyString(),
            Importance.HIGH,
            "Name of the application. Its consumer group, transactional ids and changelog topics"
                + " carry it.")
        .define(
            BOOTSTRAP_SERVERS,
            Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.ValidList.anyNonDuplicateValues(false, false),
            Importance.HIGH,
            "Kafka brokers for the first connection, host:port, comma-separated.");
  }

  static String applicationId(ParsedSettings parsed) {
    return parsed.getString(APPLICATION_ID);
  }

  static List<String> brokers(ParsedSettings parsed) {
    return parsed.getList(BOOTSTRAP_SERVERS);
  }
}
