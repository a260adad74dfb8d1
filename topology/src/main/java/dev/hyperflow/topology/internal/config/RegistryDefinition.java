package dev.hyperflow.topology.internal.config;

import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;

/** The settings of the registry and of the serde of Avro values. */
final class RegistryDefinition {
  private static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
  private static final String SERDE_CLASS = "serde.class";

  /** Settings that go, without the prefix, to the serdes. */
  static final String PREFIX = "serde.";

  private static final List<String> REGISTRY_PREFIXES =
      List.of("schema.registry.", "basic.auth.", "bearer.auth.", "request.header.");

  private static final Set<String> REGISTRY_NAMES =
      Set.of(
          "auto.register.schemas",
          "normalize.schemas",
          "proxy.host",
          "proxy.port",
          "use.latest.version",
          "value.subject.name.strategy");

  private RegistryDefinition() {}

  static void define(SettingList settings) {
    settings
        .required(
            SCHEMA_REGISTRY_URL,
            "URLs of schema registries, comma-separated. If one fails, the client tries the next."
                + " docs/registry.md lists the settings of the registry's client.")
        .type(
            SERDE_CLASS,
            SpecificAvroSerde.class,
            "The serde of the Avro values. Other settings that begin with serde. go to it without"
                + " the prefix.");
  }

  /** Whether a setting goes to the serdes, by its prefix or as one of the registry's client. */
  static boolean passesOn(String name) {
    return name.startsWith(PREFIX) || isRegistrySetting(name);
  }

  /** Confluent's names for the registry, used as they are. */
  private static boolean isRegistrySetting(String name) {
    return REGISTRY_NAMES.contains(name) || REGISTRY_PREFIXES.stream().anyMatch(name::startsWith);
  }

  static ValueSerdes read(ParsedSettings parsed) {
    Class<?> type = parsed.getClass(SERDE_CLASS);
    if (!Serde.class.isAssignableFrom(type)) {
      throw new ConfigException(SERDE_CLASS, type.getName(), "expected a " + Serde.class.getName());
    }
    return new ValueSerdes(type, clientSettings(parsed));
  }

  private static Map<String, Object> clientSettings(ParsedSettings parsed) {
    Map<String, Object> settings = new HashMap<>(parsed.originals());
    settings.keySet().removeIf(name -> !isRegistrySetting(name));
    settings.putAll(parsed.originalsWithPrefix(PREFIX));
    settings.remove(SERDE_CLASS.substring(PREFIX.length()));
    settings.put("specific.avro.reader", true);
    return settings;
  }
}
