package dev.hyperflow.topology.internal.config;

import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes configured Avro (de)serializers. The serde class is configuration, so that another
 * implementation of the wire format can be named.
 */
public final class ValueSerdes {
  private static final String OWN = "dev.hyperflow.";

  private final Class<?> type;
  private final Map<String, Object> settings;

  /**
   * Serdes of one class.
   *
   * @param type implements {@link Serde}
   * @param settings of the serdes and of the registry's client
   */
  ValueSerdes(Class<?> type, Map<String, Object> settings) {
    this.type = type;
    this.settings = Map.copyOf(settings);
  }

  /** The settings of the serdes and of the registry's client. */
  Map<String, Object> settings() {
    return settings;
  }

  boolean isOwn() {
    return type.getName().startsWith(OWN);
  }

  /** A serializer, to be closed; for one thread at a time. */
  public Serializer<Object> serializer() {
    return create().serializer();
  }

  /** A deserializer, to be closed; for one thread at a time. */
  public Deserializer<?> deserializer() {
    return create().deserializer();
  }

  @SuppressWarnings(
      "unchecked") // The class was checked; the sinks hand over Avro records, whatever its type.
  private Serde<Object> create() {
    Serde<Object> serde = (Serde<Object>) Utils.newInstance(type);
    serde.configure(settings, false);
    return serde;
  }
}
