package dev.hyperflow.topology.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The {@link TestCluster} that all tests of a run share. Every test takes names of its own. */
public final class TestBroker {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static TestCluster cluster;

  private TestBroker() {}

  /** Its address; starts it when it is needed first. */
  public static synchronized String bootstrapServers() {
    if (cluster == null) {
      cluster = TestCluster.start();
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
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
  public static int partitions(String topic) throws Exception {
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
  public static String setting(String topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = admin()) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }
  }

  public static Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A producer that is ready to begin a transaction. */
  public static Producer<byte[], byte[]> transactionalProducer() {
    Map<String, Object> settings = new HashMap<>(client());
    settings.put("transactional.id", freshName("transactional"));
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  /** A producer of records up to some size, bytes. */
  public static Producer<byte[], byte[]> producer(int bytes) {
    Map<String, Object> settings = new HashMap<>(client());
    settings.put("max.request.size", bytes);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** All committed records that a topic holds now, by partition and offset. */
  public static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    return TestCluster.committed(bootstrapServers(), topic);
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
}
