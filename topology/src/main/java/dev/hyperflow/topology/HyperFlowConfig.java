package dev.hyperflow.topology;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.ConfigurationFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration of an application, checked. Immutable.
 *
 * <p>Names, types, defaults and ranges of all settings stand in {@code docs/configuration.md}.
 */
public final class HyperFlowConfig {
  private final ApplicationConfig settings;

  private HyperFlowConfig(ApplicationConfig settings) {
    this.settings = settings;
  }

  /**
   * Checks settings.
   *
   * @param settings values by the names of {@code docs/configuration.md}; those of Kafka Streams
   *     and its clients have the prefix {@code kafka.}
   * @throws org.apache.kafka.common.config.ConfigException if a setting is missing, unknown, or out
   *     of range; the message names it, its value, and what was expected
   */
  public static HyperFlowConfig of(Map<String, String> settings) {
    return new HyperFlowConfig(ApplicationConfig.of(settings));
  }

  /**
   * Reads a {@code .properties} file in UTF-8.
   *
   * @throws org.apache.kafka.common.config.ConfigException if the file cannot be read or a setting
   *     is wrong; the message begins with the file
   */
  public static HyperFlowConfig read(Path file) {
    return new HyperFlowConfig(ConfigurationFile.read(file));
  }

  ApplicationConfig settings() {
    return settings;
  }
}
