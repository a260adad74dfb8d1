package dev.hyperflow.topology.internal;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
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
      await(RegistryClient.create(config.serdeSettings()), config);
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
          throw new StartupException(
              "registry: expected an answer from schema.registry.url, found: " + e.getMessage(), e);
        }
        LOG.atWarn()
            .addKeyValue("remainingMs", remaining)
            .log("The start waits for the schema registry: {}", e.getMessage());
        pause.accept(PAUSE_MILLIS);
      }
    }
  }
}
