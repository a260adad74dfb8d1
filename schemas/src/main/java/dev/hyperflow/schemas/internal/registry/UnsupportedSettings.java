package dev.hyperflow.schemas.internal.registry;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Settings of Confluent's clients that mean something there, and nothing here. */
final class UnsupportedSettings {
  // A setting that is ignored changes what somebody relies on: encryption of fields, a check of
  // compatibility, who is let in. So what is known to exist and is not here is refused.

  /** Whatever begins with these is for the registry's client. */
  private static final List<String> PREFIXES =
      List.of("basic.auth.", "bearer.auth.", "schema.registry.", "rule.executors", "rule.actions");

  private static final Set<String> NAMES =
      Set.of(
          "avro.reflection.allow.null",
          "avro.remove.java.properties",
          "avro.use.logical.type.converters",
          "context.name.strategy",
          "enhanced.avro.schema.support",
          "id.compatibility.strict",
          "key.schema.id.deserializer",
          "key.schema.id.serializer",
          "latest.cache.size",
          "latest.cache.ttl.sec",
          "latest.compatibility.strict",
          "missing.cache.size",
          "missing.id.cache.ttl.sec",
          "missing.schema.cache.ttl.sec",
          "missing.version.cache.ttl.sec",
          "propagate.schema.tags",
          "rule.service.loader.enable",
          "schema.format",
          "schema.reflection",
          "use.latest.with.metadata",
          "use.schema.id",
          "value.schema.id.deserializer",
          "value.schema.id.serializer");

  private UnsupportedSettings() {}

  /**
   * Refuses the first setting that is known to exist and not supported.
   *
   * @param given names that were set
   * @param supported names that this client has
   */
  static void refuse(Collection<String> given, Set<String> supported) {
    for (String name : given) {
      if (isForTheRegistry(name) && !isSupported(name, supported)) {
        throw new ConfigException(
            "%s: expected a setting that this registry client supports, found one it does not; its settings are %s"
                .formatted(name, String.join(", ", supported)));
      }
    }
  }

  private static boolean isForTheRegistry(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }

  private static boolean isSupported(String name, Set<String> supported) {
    String plain =
        name.startsWith(RegistryConfig.SSL_PREFIX)
            ? name.substring(RegistryConfig.SSL_PREFIX.length())
            : name;
    return supported.contains(name)
        || supported.contains(plain)
        || plain.startsWith(RegistryConfig.HEADER_PREFIX);
  }
}
