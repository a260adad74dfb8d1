package dev.hyperflow.topology.testing;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A real broker in this process. Its time-outs are short, so a crashed member of a group is missed
 * within a second. Records of any age stay.
 */
public final class TestCluster implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "500"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.session.timeout.ms", "1500"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          Map.entry("group.streams.heartbeat.interval.ms", "200"));

  private final KafkaClusterTestKit cluster;

  private TestCluster(KafkaClusterTestKit cluster) {
    this.cluster = cluster;
  }

  /** Starts a broker on a free port. */
  public static TestCluster start() {
    return start(SecurityProtocol.PLAINTEXT, Map.of());
  }

  /**
   * Starts a broker that asks everybody for name and password, and lets nobody but its
   * administrator do anything without an ACL.
   */
  public static TestCluster startSecured() {
    return start(
        SecurityProtocol.SASL_PLAINTEXT,
        Map.of(
            "authorizer.class.name",
            StandardAuthorizer.class.getName(),
            "super.users",
            "User:ANONYMOUS;User:" + JaasUtils.KAFKA_PLAIN_ADMIN));
  }

  private static TestCluster start(SecurityProtocol protocol, Map<String, String> more) {
    try {
      KafkaClusterTestKit.Builder builder =
          new KafkaClusterTestKit.Builder(
              new TestKitNodes.Builder()
                  .setBaseDirectory(Files.createTempDirectory("hyperflow-test-broker"))
                  .setCombined(true)
                  .setNumBrokerNodes(1)
                  .setNumControllerNodes(1)
                  .setBrokerSecurityProtocol(protocol)
                  .build());
      SETTINGS.forEach(builder::setConfigProp);
      more.forEach(builder::setConfigProp);
      KafkaClusterTestKit started = builder.build();
      started.format();
      started.startup();
      started.waitForReadyBrokers();
      return new TestCluster(started);
    } catch (Exception e) {
      throw new IllegalStateException("the test's broker did not start", e);
    }
  }

  /** Its address. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** All committed records that a topic of brokers holds now, by partition and offset. */
  public static List<ConsumerRecord<byte[], byte[]>> committed(
      String bootstrapServers, String topic) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
      return records;
    }
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException("the test's broker did not stop", e);
    }
  }
}
