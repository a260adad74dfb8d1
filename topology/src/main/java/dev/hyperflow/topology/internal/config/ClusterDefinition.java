package dev.hyperflow.topology.internal.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** The settings that name the application and its brokers. */
final class ClusterDefinition {
  static final String APPLICATION_ID = "application.id";
  static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

  /** A changelog's name has the store's and two hyphens besides. */
  private static final int MAX_ID_LENGTH = 200;

  private ClusterDefinition() {}

  static void define(SettingList settings) {
    settings
        .text(
            APPLICATION_ID,
            "hyperflow",
            new NonEmptyString(),
            "Name of the application. Its consumer group, transactional ids and changelog topics"
                + " carry it.")
        .list(
            BOOTSTRAP_SERVERS,
            "Kafka brokers for the first connection, host:port, comma-separated.");
  }

  /**
   * Reads the application's name.
   *
   * @throws ConfigException if changelog topics cannot carry it
   */
  static String applicationId(ParsedSettings parsed) {
    String id = parsed.getString(APPLICATION_ID);
    if (!KafkaNames.isValid(id, MAX_ID_LENGTH)) {
      throw new ConfigException(
          "%s: expected %s, because changelog topics carry it, found '%s'"
              .formatted(APPLICATION_ID, KafkaNames.expected(MAX_ID_LENGTH), id));
    }
    return id;
  }

  /**
   * Reads the brokers' addresses.
   *
   * @throws ConfigException if one is not host:port
   */
  static List<String> brokers(ParsedSettings parsed) {
    List<String> brokers = parsed.getList(BOOTSTRAP_SERVERS);
    for (String broker : brokers) {
      if (Utils.getHost(broker) == null || Utils.getPort(broker) == null) {
        throw new ConfigException(BOOTSTRAP_SERVERS, broker, "expected host:port");
      }
    }
    return brokers;
  }
}
