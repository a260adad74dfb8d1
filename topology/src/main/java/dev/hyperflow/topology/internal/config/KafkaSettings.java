package dev.hyperflow.topology.internal.config;

import dev.hyperflow.topology.internal.batch.BatchSettings;
import dev.hyperflow.topology.internal.batch.FailWholeBatch;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/** What this application needs of the settings that are passed on to Kafka Streams. */
final class KafkaSettings {
  // Handlers of errors are not a matter of taste here. A failed record would take its whole batch
  // with it, and an output that is skipped is an answer lost in a transaction that commits: refused
  // records have their own way, so whatever still fails must roll back. Kafka's own dead letters
  // would quote the record that is current, which after a batch is the wrong one.

  private static final int MOST_POLL_MILLIS = 100;

  private static final Set<String> HANDLERS =
      Set.of(
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
          "default.production.exception.handler",
          StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG);

  /** Where the streams group protocol keeps what was a setting of the client. */
  private static final Map<String, String> GROUP_SETTINGS =
      Map.of(
          "num.standby.replicas", "streams.num.standby.replicas",
          "session.timeout.ms", "streams.session.timeout.ms",
          "heartbeat.interval.ms", "streams.heartbeat.interval.ms");

  private static final Set<String> CLASSIC_ONLY =
      Set.of(
          "group.instance.id",
          "partition.assignment.strategy",
          "max.warmup.replicas",
          "acceptable.recovery.lag",
          "probing.rebalance.interval.ms",
          "task.assignor.class");

  private static final List<String> CONSUMER_PREFIXES = List.of("main.consumer.", "consumer.");

  private KafkaSettings() {}

  /** Sets what may be overridden. */
  static void putDefaults(Properties streams, BatchSettings batching) {
    streams.put(
        StreamsConfig.POLL_MS_CONFIG,
        batching.gathers()
            ? Math.min(batching.lingerMillis(), MOST_POLL_MILLIS)
            : MOST_POLL_MILLIS);
    streams.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailWholeBatch.class.getName());
    streams.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class.getName());
  }

  /**
   * Refuses what would lose records or would be ignored.
   *
   * @param passed settings without {@link SettingNames#KAFKA_PREFIX}
   * @param applicationId for the message
   * @throws ConfigException with one line
   */
  static void requireAllowed(Map<String, Object> passed, String applicationId) {
    boolean streamsProtocol =
        "streams".equalsIgnoreCase(String.valueOf(passed.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)));
    passed.forEach(
        (name, value) -> {
          if (HANDLERS.contains(name)) {
            throw new ConfigException(
                "%s: expected no handler of errors, found %s; a record it skips would be lost with"
                        .formatted(SettingNames.KAFKA_PREFIX + name, value)
                    + " its batch, and refused records go to topics.dead-letters");
          }
          if (streamsProtocol && !"0".equals(String.valueOf(value))) {
            requireStreamsProtocolKnows(name, value, applicationId);
          }
        });
  }

  private static void requireStreamsProtocolKnows(String name, Object value, String applicationId) {
    String plain =
        CONSUMER_PREFIXES.stream()
            .filter(name::startsWith)
            .findFirst()
            .map(prefix -> name.substring(prefix.length()))
            .orElse(name);
    if (GROUP_SETTINGS.containsKey(plain)) {
      throw new ConfigException(
          "%s: expected none with group.protocol=streams, found %s; set %s of group '%s' on the"
                  .formatted(
                      SettingNames.KAFKA_PREFIX + name,
                      value,
                      GROUP_SETTINGS.get(plain),
                      applicationId)
              + " brokers instead");
    }
    if (CLASSIC_ONLY.contains(plain) || plain.startsWith("rack.aware.assignment.")) {
      throw new ConfigException(
          "%s: expected none with group.protocol=streams, found %s; remove it or set"
                  .formatted(SettingNames.KAFKA_PREFIX + name, value)
              + " kafka.group.protocol=classic");
    }
  }
}
