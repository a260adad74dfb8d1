package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/**
 * What applications under trial run on: a broker in a process of its own, a registry in this one,
 * and a bundle that loads quickly. For use by one thread.
 */
final class Platform implements AutoCloseable {

  static final int PARTITIONS = 4;

  private final Path directory;
  private final Brokers brokers;
  private final RegistryServer registry;
  private final Path bundle;
  private final Load.Shape shape;

  private Platform(Path directory, Brokers brokers, Load.Shape shape) throws IOException {
    this.directory = directory;
    this.brokers = brokers;
    this.shape = shape;
    this.registry = RegistryServer.start(directory);
    FeatureDimension dimension = FeatureDimension.of(shape.dimension());
    Path folder = directory.resolve("bundle");
    this.bundle =
        shape.equals(Load.Shape.SMALL)
            ? ProofBundle.write(folder, dimension)
            : ProofBundle.writeForLargeTenants(folder, dimension);
  }

  /**
   * The brokers.
   *
   * @param mortal the one that may be killed
   * @param bootstrapServers where tests connect
   * @param replicas of every topic
   * @param settings what applications need to connect
   * @param process ends them
   */
  private record Brokers(
      BrokerProcess mortal,
      String bootstrapServers,
      int replicas,
      Map<String, String> settings,
      AutoCloseable process) {}

  /** Starts everything for the usual load, with one broker. */
  static Platform start(Path directory) throws IOException {
    return start(directory, Load.Shape.SMALL);
  }

  /** Starts everything, with one broker. */
  static Platform start(Path directory, Load.Shape shape) throws IOException {
    BrokerProcess broker = BrokerProcess.start(directory);
    return new Platform(
        directory,
        new Brokers(
            broker,
            broker.bootstrapServers(),
            1,
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            broker),
        shape);
  }

  /** Starts everything, with two brokers, to which applications speak TLS. */
  static Platform startWithTwoBrokers(Path directory) throws Exception {
    TwoBrokers brokers = TwoBrokers.start(Files.createDirectories(directory));
    return new Platform(
        directory,
        new Brokers(
            brokers.mortal(),
            brokers.bootstrapServers(),
            TwoBrokers.REPLICAS,
            brokers.settings(),
            brokers),
        Load.Shape.SMALL);
  }

  Path directory() {
    return directory;
  }

  /** The broker that may be killed. */
  BrokerProcess broker() {
    return brokers.mortal;
  }

  /** What an application needs to reach the brokers. */
  Map<String, String> brokerSettings() {
    return brokers.settings;
  }

  Load.Shape shape() {
    return shape;
  }

  int replicas() {
    return brokers.replicas;
  }

  RegistryServer registry() {
    return registry;
  }

  String bootstrapServers() {
    return brokers.bootstrapServers;
  }

  String registryUrl() {
    return registry.url();
  }

  Path bundle() {
    return bundle;
  }

  /** A serializer that writes with schemas of this platform's registry. */
  SpecificAvroSerializer<SpecificRecord> serializer() {
    SpecificAvroSerializer<SpecificRecord> serializer = new SpecificAvroSerializer<>();
    serializer.configure(Map.of("schema.registry.url", registryUrl()), false);
    return serializer;
  }

  void createTopics(Collection<String> names, int partitions, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(name, partitions, (short) replicas()).configs(settings))
                  .toList())
          .all()
          .get();
      // A topic is made before every request finds it, and known before its partitions are led. An
      // idempotent producer that is sent away then may keep a batch for its whole delivery timeout.
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (String name : names) {
        for (int partition = 0; partition < partitions; partition++) {
          ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
      }
      await("all partitions are led")
          .ignoreExceptionsMatching(e -> e.getCause() instanceof RetriableException)
          .untilAsserted(() -> assertThat(admin.listOffsets(ends).all().get()).hasSameSizeAs(ends));
    }
  }

  /** Sets what with the streams protocol belongs to the group, not to its members. */
  void configureGroup(String group, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Collection<AlterConfigOp> changes =
          settings.entrySet().stream()
              .map(
                  entry ->
                      new AlterConfigOp(
                          new ConfigEntry(entry.getKey(), entry.getValue()),
                          AlterConfigOp.OpType.SET))
              .toList();
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
          .all()
          .get();
    }
  }

  /** Whether the group has committed all that the topics hold. */
  boolean hasConsumed(String group, List<String> topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      for (Map.Entry<TopicPartition, Long> end : ends(admin, topics).entrySet()) {
        OffsetAndMetadata at = committed.get(end.getKey());
        if (end.getValue() > 0 && (at == null || at.offset() < end.getValue())) {
          return false;
        }
      }
      return true;
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : topics) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(latest).all().get().forEach((at, end) -> ends.put(at, end.offset()));
    return ends;
  }

  /** An administrator, which the caller closes. */
  Admin admin() {
    return Admin.create(
        Map.<String, Object>of(
            "bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", "200"));
  }

  @Override
  public void close() {
    registry.close();
    try {
      brokers.process.close();
    } catch (Exception e) {
      throw new IllegalStateException("the brokers did not end", e);
    }
  }
}
