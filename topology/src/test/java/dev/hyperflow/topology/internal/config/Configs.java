package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Configurations for the tests of settings. */
final class Configs {
  private Configs() {}

  /** The settings that are required, and others as name, value, name, value. */
  static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "http://registry:8081");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  static ApplicationConfig config(String... more) {
    return ApplicationConfig.of(settings(more));
  }

  static ParsedSettings parsed(String... more) {
    return new ParsedSettings(settings(more));
  }

  /** Expects a refusal in one line that names the setting and the value. */
  static void assertRefused(String name, String value) {
    assertThatThrownBy(() -> config(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value)
        .hasMessageNotContaining("\n");
  }
}
