package dev.hyperflow.topology.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A setting and its value, fit to be shown.
 *
 * @param name the setting
 * @param value its value, {@link #HIDDEN} for what may be a secret
 * @param given whether the configuration names it; else it is the default
 * @param documentation what it means; empty for settings that are passed on to clients
 */
public record SettingValue(String name, String value, boolean given, String documentation) {

  /** Stands for a secret. */
  public static final String HIDDEN = "********";

  /** Settings of this project, whose secrets have the type of a password. */
  private static final String OURS = "http.";

  private static final Pattern SECRET =
      Pattern.compile("password|secret|token|credential|jaas|auth|user\\.info|\\.key");

  private static final Pattern USER_IN_URL = Pattern.compile("//[^/@]*@");

  static List<SettingValue> all(AbstractConfig parsed) {
    Map<String, ConfigDef.ConfigKey> known = Settings.definition().configKeys();
    Map<String, Object> given = new TreeMap<>(parsed.originals());
    List<SettingValue> values = new ArrayList<>();
    known.forEach(
        (name, key) ->
            values.add(
                new SettingValue(
                    name,
                    shown(name, key.type, parsed.values().get(name)),
                    given.remove(name) != null,
                    key.documentation)));
    given.forEach(
        (name, value) ->
            values.add(
                new SettingValue(name, shown(name, ConfigDef.Type.STRING, value), true, "")));
    return values;
  }

  private static String shown(String name, ConfigDef.Type type, Object value) {
    boolean plain = type != ConfigDef.Type.PASSWORD && type != ConfigDef.Type.STRING;
    String text = text(value);
    if (text.isEmpty() || plain) {
      return USER_IN_URL.matcher(text).replaceAll("//" + HIDDEN + "@");
    }
    boolean secret =
        type == ConfigDef.Type.PASSWORD
            || (!name.startsWith(OURS) && SECRET.matcher(name.toLowerCase(Locale.ROOT)).find());
    return secret ? HIDDEN : USER_IN_URL.matcher(text).replaceAll("//" + HIDDEN + "@");
  }

  private static String text(Object value) {
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    return value == null ? "" : String.valueOf(value);
  }
}
