package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;

/** The number of partitions of the input topics, which both have in common. */
final class InputPartitions {
  private InputPartitions() {}

  /** Asks the brokers; empty when they do not say. */
  static OptionalInt of(ApplicationConfig config) {
    try (KafkaConsumer<byte[], byte[]> consumer = new ToolClients(config).reader()) {
      List<PartitionInfo> partitions = consumer.partitionsFor(config.topics().support());
      return partitions == null || partitions.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(partitions.size());
    } catch (KafkaException e) {
      return OptionalInt.empty();
    }
  }
}
