package dev.hyperflow.topology.internal;

import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.TenantQuality;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the schema registry, which may start at the same time as the application. */
final class RegistryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryCheck.class);
  private static final long PAUSE_MILLIS = 500;

  private RegistryCheck() {}

  /**
   * Returns as soon as the registry answers; at once when the serde is somebody else's.
   *
   * @throws StartupException when it refuses, or does not answer within {@code startup.timeout.ms}
   */
  static void run(ApplicationConfig config) {
    if (config.usesOwnSerde()) {
      run(
          RegistryClient.create(config.serdeSettings()),
          config.startupTimeoutMillis(),
          Time.SYSTEM::hiResClockMs,
          Time.SYSTEM::sleep);
      prepareOutputs(config);
    }
  }

  /** The first letter must not wait for the registry when that is away. */
  private static void prepareOutputs(ApplicationConfig config) {
    Topics topics = config.topics();
    Map<String, Schema> outputs = new LinkedHashMap<>();
    outputs.put(topics.predictions(), Prediction.getClassSchema());
    outputs.put(topics.deadLetters(), DeadLetter.getClassSchema());
    topics.heads().ifPresent(topic -> outputs.put(topic, AdaptedHead.getClassSchema()));
    topics.quality().ifPresent(topic -> outputs.put(topic, TenantQuality.getClassSchema()));
    try (SpecificAvroSerializer<SpecificRecord> serializer = new SpecificAvroSerializer<>()) {
      serializer.configure(config.serdeSettings(), false);
      outputs.forEach(serializer::prepare);
    } catch (RegistryException e) {
      throw new StartupException(
          "registry: expected the schemas of %s, found: %s"
              .formatted(outputs.keySet(), e.getMessage()),
          e);
    }
  }

  /** The same for a client, whatever the serde is. */
  static void await(RegistryClient registry, ApplicationConfig config) {
    run(registry, config.startupTimeoutMillis(), Time.SYSTEM::hiResClockMs, Time.SYSTEM::sleep);
  }

  static void run(
      RegistryClient registry, long timeoutMillis, LongSupplier clockMillis, LongConsumer pause) {
    long end = clockMillis.getAsLong() + timeoutMillis;
    while (true) {
      try {
        registry.ping();
        return;
      } catch (RegistryException e) {
        long remaining = end - clockMillis.getAsLong();
        if (!e.retryable() || remaining <= 0) {
          throw noAnswer(e);
        }
        LOG.atWarn()
            .addKeyValue("remainingMs", remaining)
            .log("The start waits for the schema registry: {}", e.getMessage());
        pause.accept(PAUSE_MILLIS);
      }
    }
  }

  /** That the registry did not answer, or refused. */
  static StartupException noAnswer(RuntimeException e) {
    return new StartupException(
        "registry: expected an answer from schema.registry.url, found: " + e.getMessage(), e);
  }
}
