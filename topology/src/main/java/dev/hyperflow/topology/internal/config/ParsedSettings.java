package dev.hyperflow.topology.internal.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/** Settings by their names: typed, in range, and with their placeholders replaced. */
final class ParsedSettings extends AbstractConfig {
  /** A value that Kafka's configuration providers look up. */
  static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):[^}]*}");

  private static final Pattern UNKNOWN_PROVIDER = Pattern.compile("\\$\\{[\\w-]+:[^}]*}");

  private static final Map<String, String> SECRET_PROVIDERS =
      Map.of(
          "config.providers", "env,file",
          "config.providers.env.class", EnvVarConfigProvider.class.getName(),
          "config.providers.file.class", FileConfigProvider.class.getName());

  /**
   * Parses settings.
   *
   * @throws ConfigException with one line that names the setting, its value and what was expected
   */
  ParsedSettings(Map<String, ?> settings) {
    super(Definitions.all(), settings, SECRET_PROVIDERS, false);
    originals().forEach(ParsedSettings::requireResolved);
    values().forEach(ParsedSettings::requireNumber);
  }

  /** Kafka's ranges let a value pass that is no number, or no finite one. */
  private static void requireNumber(String name, Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new ConfigException(name, value, "expected a finite number");
    }
  }

  /** A secret that was not found must not go out as its own placeholder. */
  private static void requireResolved(String name, Object value) {
    if (value instanceof String text && PLACEHOLDER.matcher(text).find()) {
      throw new ConfigException(name + ": expected a value for its ${…} placeholder, found none");
    }
    if (value instanceof String text && UNKNOWN_PROVIDER.matcher(text).find()) {
      throw new ConfigException(
          name + ": expected a placeholder ${env:NAME} or ${file:/path:key}, found another ${…:…}");
    }
  }

  /** The constant of the setting's name, in any case. */
  <E extends Enum<E>> E getEnum(Class<E> type, String name) {
    return Enum.valueOf(type, getString(name).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  float getFloat(String name) {
    return getDouble(name).floatValue();
  }

  /** The text, unless it is blank. */
  Optional<String> optional(String name) {
    return Optional.of(getString(name)).filter(text -> !text.isBlank());
  }
}
