package dev.hyperflow.demo.broker;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What an {@link EmbeddedBroker} needs to know.
 *
 * @param dataDirectory where the broker keeps its log; created when absent, kept when the broker
 *     stops
 * @param port the port clients connect to, on 127.0.0.1; 0 picks a free one
 */
public record BrokerSettings(Path dataDirectory, int port) {

  private static final int HIGHEST_PORT = 65_535;

  /** Checks the port's range. */
  public BrokerSettings {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port must be 0 to " + HIGHEST_PORT + ", found " + port);
    }
  }
}
