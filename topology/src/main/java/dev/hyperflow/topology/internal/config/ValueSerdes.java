package dev.hyperflow.topology.internal.config;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes configured Avro (de)serializers. The serde class is configuration, so that another
 * implementation of the wire format can be named.
 */
public final class ValueSerdes {
  private final Class<?> type;
  private final Map<String, Object> settings;

  ValueSerdes(Class<?> type, Map<String, Object> settings) {
    this.type = type;
    this.settings = Map.copyOf(settings);
  }

  public Serializer<Object> serializer() {
    return create().serializer();
  }

  public Deserializer<?> deserializer() {
    return create().deserializer();
  }

  @SuppressWarnings("unchecked") // The sinks hand over Avro records, whatever the serde's type.
  private Serde<Object> create() {
    Object serde = Utils.newInstance(type);
    if (!(serde instanceof Serde<?>)) {
      throw new ConfigException(
          ApplicationConfig.SERDE, type.getName(), "expected an org.apache.kafka Serde");
    }
    Serde<Object> configured = (Serde<Object>) serde;
    configured.configure(settings, false);
    return configured;
  }
}
