package dev.hyperflow.topology.internal.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** Writes the definition of the settings as a Markdown table, in the order of definition. */
final class SettingsTable {
  private SettingsTable() {}

  static String markdown(ConfigDef definition) {
    return markdown("", definition);
  }

  /** The same, with a prefix before the names. */
  static String markdown(String prefix, ConfigDef definition) {
    StringBuilder table =
        new StringBuilder(
            "| setting | type | default | range | meaning |\n|---|---|---|---|---|\n");
    List<ConfigKey> keys = List.copyOf(definition.configKeys().values());
    for (ConfigKey key : keys) {
      table
          .append("| `%s%s` ".formatted(prefix, key.name))
          .append("| %s ".formatted(key.type.name().toLowerCase(Locale.ROOT)))
          .append("| %s ".formatted(defaultValue(key)))
          .append("| %s ".formatted(key.validator == null ? "" : key.validator))
          .append("| %s |\n".formatted(key.documentation));
    }
    return table.toString();
  }

  private static String defaultValue(ConfigKey key) {
    if (!key.hasDefault()) {
      return "*required*";
    }
    Object value = key.defaultValue;
    if (value instanceof Password password) {
      value = password.value();
    }
    String text = value instanceof Class<?> type ? type.getName() : String.valueOf(value);
    return text.isEmpty() ? "*empty*" : "`" + text + "`";
  }
}
