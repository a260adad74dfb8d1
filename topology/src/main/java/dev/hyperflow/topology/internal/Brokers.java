package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What start-up checks ask the brokers. Every question waits for its answer, at most {@code
 * startup.timeout.ms}. For one thread.
 */
final class Brokers implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final ApplicationConfig config;
  private final Admin admin;

  Brokers(ApplicationConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * The brokers of a configuration, to be closed.
   *
   * @throws StartupException when they are not to be found
   */
  static Brokers of(ApplicationConfig config) {
    Properties streams = config.streams();
    Map<String, Object> settings = new StreamsConfig(streams).getAdminConfigs("start-up-checks");
    settings.put("default.api.timeout.ms", config.startupTimeoutMillis());
    settings.put("request.timeout.ms", config.startupTimeoutMillis());
    try {
      return new Brokers(config, Admin.create(settings));
    } catch (KafkaException e) {
      throw noAnswer(config, e);
    }
  }

  /** The names of all topics that the application may see. */
  Set<String> topicNames() {
    return ask("the list of topics", () -> admin.listTopics().names());
  }

  /** What topics are. */
  Map<String, TopicDescription> describe(Collection<String> topics) {
    return ask(
        "the description of topics " + topics, () -> admin.describeTopics(topics).allTopicNames());
  }

  /** Begins to create topics. */
  CreateTopicsResult create(Collection<NewTopic> topics) {
    return admin.createTopics(topics);
  }

  /** All settings of a topic, those of the broker included. */
  Config settingsOf(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return ask(
            "the settings of topic " + topic, () -> admin.describeConfigs(List.of(resource)).all())
        .get(resource);
  }

  /** The offsets that the application has committed. */
  Map<TopicPartition, OffsetAndMetadata> committed() {
    return ask(
        "the offsets of group " + config.applicationId(),
        () ->
            admin.listConsumerGroupOffsets(config.applicationId()).partitionsToOffsetAndMetadata());
  }

  /**
   * The same of some partitions, after the transactions that are about to commit any.
   *
   * @throws StartupException when one of these does not end
   */
  Map<TopicPartition, OffsetAndMetadata> settled(Collection<TopicPartition> partitions) {
    String group = config.applicationId();
    Map<String, ListConsumerGroupOffsetsSpec> wanted =
        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions));
    ListConsumerGroupOffsetsOptions options =
        new ListConsumerGroupOffsetsOptions().requireStable(true);
    Timer timer = Time.SYSTEM.timer(config.startupTimeoutMillis());
    while (true) {
      Map<TopicPartition, OffsetAndMetadata> found =
          new HashMap<>(
              ask(
                  "the offsets of group " + group,
                  () ->
                      admin
                          .listConsumerGroupOffsets(wanted, options)
                          .partitionsToOffsetAndMetadata(group)));
      // Kafka leaves out what is not settled, and gives null for what was never committed.
      if (found.keySet().containsAll(partitions)) {
        found.values().removeIf(Objects::isNull);
        return found;
      }
      timer.update();
      if (timer.isExpired()) {
        throw new StartupException(
            "brokers: expected settled offsets of group %s within %d ms, found a transaction that"
                    .formatted(group, config.startupTimeoutMillis())
                + " does not end");
      }
      timer.sleep(PAUSE_MILLIS);
    }
  }

  /** The offsets at which partitions begin or end. */
  Map<TopicPartition, ListOffsetsResultInfo> offsets(Map<TopicPartition, OffsetSpec> wanted) {
    return ask("the offsets of " + wanted.keySet(), () -> admin.listOffsets(wanted).all());
  }

  /** The members of the application's group; none where there is no such group. */
  Collection<MemberDescription> membersOfGroup() {
    String group = config.applicationId();
    try {
      return ask(
              "the members of group " + group,
              () -> admin.describeConsumerGroups(List.of(group)).all())
          .get(group)
          .members();
    } catch (StartupException e) {
      if (Causes.any(e, GroupIdNotFoundException.class::isInstance)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Names the cluster. */
  String clusterId() {
    return ask("the id of the cluster", () -> admin.describeCluster().clusterId());
  }

  /**
   * Asks until there is an answer: a topic that was just created is not known to every broker.
   *
   * @param what is asked for, for the message
   * @throws StartupException when there is none
   */
  private <T> T ask(String what, Supplier<KafkaFuture<T>> question) {
    Timer timer = Time.SYSTEM.timer(config.startupTimeoutMillis());
    while (true) {
      try {
        return await(what, question.get());
      } catch (StartupException e) {
        timer.update();
        if (timer.isExpired()
            || !Causes.any(e, UnknownTopicOrPartitionException.class::isInstance)) {
          throw e;
        }
        timer.sleep(PAUSE_MILLIS);
      }
    }
  }

  private <T> T await(String what, KafkaFuture<T> answer) {
    try {
      return answer.get(config.startupTimeoutMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartupException(
          "brokers: expected %s from bootstrap.servers=%s, found: %s"
              .formatted(what, config.bootstrapServers(), Causes.rootMessage(e)),
          e);
    } catch (InterruptedException | TimeoutException e) {
      throw noAnswer(config, e);
    }
  }

  /** That the brokers did not answer. */
  static StartupException noAnswer(ApplicationConfig config, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new StartupException(
        "brokers: expected an answer from bootstrap.servers=%s within %d ms, found: %s"
            .formatted(
                config.bootstrapServers(), config.startupTimeoutMillis(), Causes.rootMessage(e)),
        e);
  }

  @Override
  public void close() {
    admin.close();
  }
}
