package dev.hyperflow.topology.internal.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** Reads a configuration from a {@code .properties} file in UTF-8, the format Kafka uses. */
public final class ConfigurationFile {

  private static final char MARK = '\uFEFF';

  private ConfigurationFile() {}

  /**
   * The configuration in a file.
   *
   * @throws ConfigException when the file cannot be read or a setting is wrong; names the file
   */
  public static ApplicationConfig read(Path file) {
    Properties properties = new EachOnce();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      passMark(reader);
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new ConfigException(
          file + ": cannot be read as properties: expected UTF-8, found other bytes");
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

  /** Of two values of a setting the last one would win, and nobody would know. */
  private static final class EachOnce extends Properties {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Object put(Object name, Object value) {
      Object before = super.put(name, value);
      if (before != null && !before.equals(value)) {
        throw new IllegalArgumentException(
            "expected the setting '%s' once, found it twice with different values".formatted(name));
      }
      return before;
    }
  }

  /** A byte order mark would become part of the first setting's name. */
  private static void passMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != MARK) {
      reader.reset();
    }
  }
}
