package dev.hyperflow.topology;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/**
 * A real broker in this process, shared by all tests of a run; every test takes names of its own.
 * Its time-outs are short, so that a crashed member of a group is missed within a second. Records
 * of any age stay.
 */
public final class TestBroker {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "500"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.session.timeout.ms", "1500"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          Map.entry("group.streams.heartbeat.interval.ms", "200"));

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static KafkaClusterTestKit cluster;

  private TestBroker() {}

  /** Its address; starts it when it is needed first. */
  public static synchronized String bootstrapServers() {
    if (cluster == null) {
      cluster = start();
    }
    return cluster.bootstrapServers();
  }

  /** A name that no other test has. */
  public static String freshName(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  public static Admin admin() {
    return Admin.create(client());
  }

  /** Makes topics; a record of any timestamp is taken by them. */
  public static void createTopics(int partitions, List<String> names) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              names.stream()
                  .map(
                      name ->
                          new NewTopic(name, partitions, (short) 1)
                              .configs(
                                  Map.of(
                                      "message.timestamp.after.max.ms",
                                      Long.toString(Long.MAX_VALUE))))
                  .toList())
          .all()
          .get();
    }
  }

  /** How many partitions a topic has. */
  static int partitions(String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    }
  }

  /** A setting of a topic. */
  static String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }

  public static Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** All committed records that a topic holds now, by partition and offset. */
  public static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
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

  private static Map<String, Object> client() {
    return Map.of(
        "bootstrap.servers",
        bootstrapServers(),
        "isolation.level",
        "read_committed",
        "linger.ms",
        0);
  }

  private static KafkaClusterTestKit start() {
    try {
      KafkaClusterTestKit.Builder builder =
          new KafkaClusterTestKit.Builder(
              new TestKitNodes.Builder()
                  .setBaseDirectory(Files.createTempDirectory("hyperflow-test-broker"))
                  .setCombined(true)
                  .setNumBrokerNodes(1)
                  .setNumControllerNodes(1)
                  .build());
      SETTINGS.forEach(builder::setConfigProp);
      KafkaClusterTestKit started = builder.build();
      started.format();
      started.startup();
      started.waitForReadyBrokers();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("the test's broker did not start", e);
    }
  }

  private static void close(KafkaClusterTestKit started) {
    try {
      started.close();
    } catch (Exception e) {
      throw new IllegalStateException("the test's broker did not stop", e);
    }
  }
}
