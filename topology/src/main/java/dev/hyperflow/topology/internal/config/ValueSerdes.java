package dev.hyperflow.topology.internal.config;

import dev.hyperflow.schemas.internal.registry.RegistryConfig;
import java.util.HashMap;
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
  private static final int QUICK_MILLIS = 1_000;

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
    return create(settings).serializer();
  }

  /** A deserializer, to be closed; for one thread at a time. */
  public Deserializer<?> deserializer() {
    return create(settings).deserializer();
  }

  /** A deserializer that asks a registry once, and gives up soon: a thread has more to do. */
  public Deserializer<?> quickDeserializer() {
    Map<String, Object> quick = new HashMap<>(settings);
    quick.put(RegistryConfig.MAX_RETRIES, 0);
    quick.put(RegistryConfig.CONNECT_TIMEOUT_MS, QUICK_MILLIS);
    quick.put(RegistryConfig.READ_TIMEOUT_MS, QUICK_MILLIS);
    return create(quick).deserializer();
  }

  @SuppressWarnings(
      "unchecked") // The class was checked; the sinks hand over Avro records, whatever its type.
  private Serde<Object> create(Map<String, Object> with) {
    Serde<Object> serde = (Serde<Object>) Utils.newInstance(type);
    serde.configure(with, false);
    return serde;
  }
}
