package dev.hyperflow.schemas.internal.registry;

import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Key and trust stores for https registries, read the way Kafka's own clients read them. */
final class Tls {
  private Tls() {}

  /**
   * Returns the context for Kafka's {@code ssl.} keys.
   *
   * @throws ConfigException if a store cannot be read
   */
  static SSLContext context(Map<String, Object> configs) {
    ConfigDef definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(definition.parse(configs));
      return factory.sslContext();
    } catch (KafkaException e) {
      if (e instanceof ConfigException) {
        throw e;
      }
      ConfigException failed =
          new ConfigException("schema.registry.ssl.* cannot be used: " + e.getMessage());
      failed.initCause(e);
      throw failed;
    }
  }
}
