package dev.hyperflow.demo;

import dev.hyperflow.topology.internal.config.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows from the broker how far the application has come: what it has committed is done for good,
 * outputs included, as they are one transaction.
 */
final class ApplicationProgress implements AutoCloseable {

  private final Admin admin;
  private final String group;
  private final Topics topics;

  ApplicationProgress(String bootstrapServers, String applicationId, Topics topics) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.group = applicationId;
    this.topics = topics;
  }

  /** Whether everything on the support topic is applied. */
  boolean hasAppliedAllLabels() throws InterruptedException {
    return hasCommittedAll(List.of(topics.support()));
  }

  /** Whether everything on both input topics is done. */
  boolean isDone() throws InterruptedException {
    return hasCommittedAll(List.of(topics.support(), topics.queries()));
  }

  private boolean hasCommittedAll(List<String> names) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                p ->
                    latest.put(
                        new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
      }
      Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
      Map<TopicPartition, OffsetAndMetadata> done =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return ends.entrySet().stream()
          .allMatch(end -> committed(done.get(end.getKey())) >= end.getValue().offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker gave no offsets", e.getCause());
    }
  }

  private static long committed(OffsetAndMetadata offset) {
    return offset == null ? 0 : offset.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
