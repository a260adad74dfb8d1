package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegistryConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * Every configuration key of the serde, including those of its registry client; names and meanings
 * are Confluent's. Immutable.
 */
public final class SerdeConfig {
  /** Register schemas that the registry does not hold yet. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  /** Write with the subject's latest schema. */
  public static final String USE_LATEST = "use.latest.version";

  /** How the subject of a key's schema is named. */
  public static final String KEY_STRATEGY = "key.subject.name.strategy";

  /** How the subject of a value's schema is named. */
  public static final String VALUE_STRATEGY = "value.subject.name.strategy";

  /** Accepted for Confluent's sake; records are always specific. */
  public static final String SPECIFIC_READER = "specific.avro.reader";

  /** The only record class to accept in keys. */
  public static final String KEY_TYPE = "specific.avro.key.type";

  /** The only record class to accept in values. */
  public static final String VALUE_TYPE = "specific.avro.value.type";

  private static final ConfigDef DEFINITION = define(RegistryConfig.define(new ConfigDef()));

  private final AbstractConfig config;
  private final boolean isKey;

  /**
   * Checks a configuration.
   *
   * @param configs unknown keys are ignored
   * @throws ConfigException if a value is missing or out of range
   */
  public SerdeConfig(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> known = new HashMap<>();
    for (String name : DEFINITION.names()) {
      Object value = configs.get(name);
      if (value != null) {
        known.put(name, isStrategy(name) && value instanceof Class<?> c ? c.getName() : value);
      }
    }
    this.config = new AbstractConfig(DEFINITION, known, false);
    this.isKey = isKey;
  }

  /** Returns a copy of all definitions, for documentation. */
  public static ConfigDef definition() {
    return new ConfigDef(DEFINITION);
  }

  /** Returns whether unknown schemas are registered. */
  public boolean autoRegister() {
    return config.getBoolean(AUTO_REGISTER);
  }

  /** Returns whether the subject's latest schema is written; only without auto-registration. */
  public boolean useLatest() {
    return config.getBoolean(USE_LATEST) && !autoRegister();
  }

  /** Returns whether these are keys, not values. */
  public boolean isKey() {
    return isKey;
  }

  SubjectNaming naming() {
    return SubjectNaming.of(isKey ? KEY_STRATEGY : VALUE_STRATEGY, config);
  }

  /** Returns the only record class to accept; empty for any. */
  Optional<Class<?>> type() {
    return Optional.ofNullable(config.getClass(isKey ? KEY_TYPE : VALUE_TYPE));
  }

  /** Confluent's strategies are classes, and a program may hand over the class itself. */
  private static boolean isStrategy(String name) {
    return name.equals(KEY_STRATEGY) || name.equals(VALUE_STRATEGY);
  }

  private static ConfigDef define(ConfigDef definition) {
    return definition
        .define(
            AUTO_REGISTER,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Register a schema under its subject when a record is written with it for the first"
                + " time. If false it must be there already.")
        .define(
            USE_LATEST,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Write with the subject's latest schema, which must be able to read this version's"
                + " records. Only when auto.register.schemas is false.")
        .define(
            KEY_STRATEGY,
            ConfigDef.Type.STRING,
            "TopicNameStrategy",
            SubjectNaming.VALIDATOR,
            Importance.LOW,
            "Subject of a key's schema: TopicNameStrategy (topic-key), RecordNameStrategy (full"
                + " record name) or TopicRecordNameStrategy (topic-record name). Confluent's class"
                + " names are accepted too.")
        .define(
            VALUE_STRATEGY,
            ConfigDef.Type.STRING,
            "TopicNameStrategy",
            SubjectNaming.VALIDATOR,
            Importance.LOW,
            "Subject of a value's schema: as key.subject.name.strategy, with topic-value.")
        .define(
            SPECIFIC_READER,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.LOW,
            "Accepted so that Confluent's configurations fit; records are always read into their"
                + " generated classes.")
        .define(
            KEY_TYPE,
            ConfigDef.Type.CLASS,
            null,
            Importance.LOW,
            "The only generated class that keys may have; any if absent.")
        .define(
            VALUE_TYPE,
            ConfigDef.Type.CLASS,
            null,
            Importance.LOW,
            "The only generated class that values may have; any if absent.");
  }
}
