package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Clients for tools that work beside an application, with its settings for brokers, security,
 * registry and serde. They join no group and start no transaction. The caller closes them.
 */
public final class ToolClients {
  private final ApplicationConfig config;

  /** Clients of an application. */
  public ToolClients(ApplicationConfig config) {
    this.config = config;
  }

  /**
   * Reads committed records of any topic; partitions are to be assigned.
   *
   * @throws StartupException when the settings cannot be used
   */
  public KafkaConsumer<byte[], byte[]> reader() {
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    Map<String, Object> settings = config.topicReader("tool");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, config.startupTimeoutMillis());
    try {
      return new KafkaConsumer<>(settings, raw, raw);
    } catch (KafkaException e) {
      throw noAnswer(e);
    }
  }

  /**
   * Sends records to any topic, acknowledged by all replicas, without duplicates by retries.
   *
   * @throws StartupException when the settings cannot be used
   */
  public Producer<byte[], byte[]> sender() {
    return sender(Map.of());
  }

  /**
   * The same with a batch for each record: one that its topic refuses takes no others with it.
   *
   * @throws StartupException when it cannot be made
   */
  public Producer<byte[], byte[]> senderOfSingleRecords() {
    return sender(Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 0));
  }

  private Producer<byte[], byte[]> sender(Map<String, Object> more) {
    ByteArraySerializer raw = new ByteArraySerializer();
    Map<String, Object> settings = config.producer(config.applicationId() + "-tool");
    settings.putAll(more);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.startupTimeoutMillis());
    try {
      return new KafkaProducer<>(settings, raw, raw);
    } catch (KafkaException e) {
      throw noAnswer(e);
    }
  }

  /** Reads the Avro records of all topics. */
  public Deserializer<?> values() {
    return config.valueSerdes().deserializer();
  }

  /** Writes the Avro records of all topics. */
  public Serializer<Object> writer() {
    return config.valueSerdes().serializer();
  }

  /** The exception to throw when brokers or registry do not do what a tool asks for. */
  public StartupException noAnswer(RuntimeException cause) {
    if (Causes.any(cause, RegistryException.class::isInstance)) {
      return RegistryCheck.noAnswer(cause);
    }
    return new StartupException(
        "brokers: expected an answer from %s, found: %s"
            .formatted(config.bootstrapServers(), Causes.rootMessage(cause)),
        cause);
  }
}
