package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import java.io.IOException;
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
  private final BrokerProcess broker;
  private final EmbeddedRegistry registry;
  private final Path bundle;

  private Platform(Path directory, BrokerProcess broker, EmbeddedRegistry registry, Path bundle) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
    this.bundle = bundle;
  }

  /** Starts everything. */
  static Platform start(Path directory) throws IOException {
    Path bundle =
        ProofBundle.write(directory.resolve("bundle"), FeatureDimension.of(Load.DIMENSION));
    return new Platform(
        directory, BrokerProcess.start(directory), EmbeddedRegistry.start(0), bundle);
  }

  Path directory() {
    return directory;
  }

  BrokerProcess broker() {
    return broker;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
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

  void createTopics(Collection<String> names, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(settings))
                  .toList())
          .all()
          .get();
      // A topic is made before every request finds it, and known before its partitions are led. An
      // idempotent producer that is sent away then may keep a batch for its whole delivery timeout.
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      for (String name : names) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
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

  private Admin admin() {
    return Admin.create(
        Map.<String, Object>of(
            "bootstrap.servers", bootstrapServers(), "reconnect.backoff.max.ms", "200"));
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
