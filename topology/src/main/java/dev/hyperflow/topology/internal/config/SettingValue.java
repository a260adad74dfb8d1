package dev.hyperflow.topology.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.types.Password;

/**
 * A setting and its value, fit to be shown.
 *
 * @param name the setting
 * @param value its value, asterisks in place of secrets
 * @param given whether the configuration names it; else it is the default
 * @param documentation what it means; empty for settings that are passed on to clients
 */
public record SettingValue(String name, String value, boolean given, String documentation) {

  static List<SettingValue> all(ParsedSettings parsed) {
    Map<String, Object> given = new TreeMap<>(parsed.originals());
    List<SettingValue> values = new ArrayList<>();
    Definitions.all()
        .configKeys()
        .forEach(
            (name, key) ->
                values.add(
                    new SettingValue(
                        name,
                        Secrets.hidden(name, text(parsed.values().get(name))),
                        given.remove(name) != null,
                        key.documentation)));
    given.forEach(
        (name, value) ->
            values.add(new SettingValue(name, Secrets.hidden(name, text(value)), true, "")));
    return values;
  }

  private static String text(Object value) {
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    if (value instanceof Password password) {
      return password.value();
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    return value == null ? "" : String.valueOf(value);
  }
}
