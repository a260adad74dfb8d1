package dev.hyperflow.topology.internal.config;

import org.apache.kafka.common.config.ConfigDef;

/** Settings, each by its name, default, range and meaning. */
final class SettingList extends ConfigDef {
  // No document shows Kafka's importance of a setting, and nothing else reads it.
  private static final Importance NOT_SHOWN = Importance.MEDIUM;

  SettingList integer(String name, int standard, Validator range, String meaning) {
    return add(name, Type.INT, standard, range, meaning);
  }

  SettingList longInteger(String name, long standard, Validator range, String meaning) {
    return add(name, Type.LONG, standard, range, meaning);
  }

  SettingList real(String name, double standard, Validator range, String meaning) {
    return add(name, Type.DOUBLE, standard, range, meaning);
  }

  SettingList flag(String name, boolean standard, String meaning) {
    return add(name, Type.BOOLEAN, standard, null, meaning);
  }

  /** Any text; blank for none where the default is. */
  SettingList text(String name, String standard, String meaning) {
    return add(name, Type.STRING, standard, null, meaning);
  }

  SettingList text(String name, String standard, Validator range, String meaning) {
    return add(name, Type.STRING, standard, range, meaning);
  }

  /** A text that has no default. */
  SettingList required(String name, String meaning) {
    return add(name, Type.STRING, NO_DEFAULT_VALUE, new NonEmptyString(), meaning);
  }

  /** Different texts, at least one of them; without a default. */
  SettingList list(String name, String meaning) {
    return add(
        name, Type.LIST, NO_DEFAULT_VALUE, ValidList.anyNonDuplicateValues(false, false), meaning);
  }

  /** A text that nothing shows. */
  SettingList secret(String name, String meaning) {
    return add(name, Type.PASSWORD, "", null, meaning);
  }

  SettingList type(String name, Class<?> standard, String meaning) {
    return add(name, Type.CLASS, standard, null, meaning);
  }

  private SettingList add(
      String name, Type type, Object standard, Validator range, String meaning) {
    define(name, type, standard, range, NOT_SHOWN, meaning);
    return this;
  }
}
