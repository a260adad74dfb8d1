package dev.hyperflow.topology.internal.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** Reads a configuration from a {@code .properties} file in UTF-8, the format Kafka uses. */
public final class ConfigurationFile {

  private ConfigurationFile() {}

  /**
   * The configuration in a file.
   *
   * @throws ConfigException when the file cannot be read or a setting is wrong; names the file
   */
  public static ApplicationConfig read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(file + ": cannot be read as properties: " + e.getMessage());
    }
    Map<String, String> settings =
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, properties::getProperty));
    try {
      return ApplicationConfig.of(settings);
    } catch (ConfigException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }
}
