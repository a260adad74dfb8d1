package dev.hyperflow.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks brokers and topics before the application starts; makes topics that are missing. */
final class TopicChecks {
  private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);

  private final HyperFlowConfig config;
  private final Admin admin;

  private TopicChecks(HyperFlowConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /**
   * Runs the checks.
   *
   * @throws StartupException when brokers do not answer, or topics are missing or do not fit
   */
  static void run(HyperFlowConfig config) {
    Properties streams = config.streams();
    Map<String, Object> adminConfig = new StreamsConfig(streams).getAdminConfigs("start-up-checks");
    adminConfig.put("default.api.timeout.ms", config.startupTimeoutMillis());
    adminConfig.put("request.timeout.ms", config.startupTimeoutMillis());
    try (Admin admin = Admin.create(adminConfig)) {
      new TopicChecks(config, admin).run();
    } catch (KafkaException e) {
      throw new StartupException(
          "brokers: expected an answer from bootstrap.servers=%s, found: %s"
              .formatted(config.bootstrapServers(), rootMessage(e)),
          e);
    }
  }

  private void run() {
    List<String> wanted = config.topics().all();
    Map<String, TopicDescription> found = describe(wanted);
    List<String> missing = wanted.stream().filter(topic -> !found.containsKey(topic)).toList();
    if (!missing.isEmpty()) {
      create(missing);
      found.putAll(await(() -> admin.describeTopics(missing).allTopicNames()));
    }
    checkCoPartitioning(found);
    checkHeadsCompacted();
  }

  private Map<String, TopicDescription> describe(List<String> topics) {
    Map<String, TopicDescription> found = new TreeMap<>();
    Set<String> existing = await(() -> admin.listTopics().names());
    List<String> present = topics.stream().filter(existing::contains).toList();
    found.putAll(await(() -> admin.describeTopics(present).allTopicNames()));
    return found;
  }

  private void create(List<String> missing) {
    HyperFlowConfig.TopicCreation creation =
        config
            .topicCreation()
            .orElseThrow(
                () ->
                    new StartupException(
                        "topics: expected %s, found none of that name; create them or set"
                                .formatted(missing)
                            + " topics.create=true"));
    List<NewTopic> topics = new ArrayList<>();
    for (String name : missing) {
      NewTopic topic =
          new NewTopic(
              name,
              Optional.of(creation.partitions()),
              creation.replicationFactor() < 0
                  ? Optional.empty()
                  : Optional.of(creation.replicationFactor()));
      if (config.topics().heads().filter(name::equals).isPresent()) {
        topic.configs(
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
      }
      topics.add(topic);
    }
    admin
        .createTopics(topics)
        .values()
        .forEach((name, future) -> awaitCreation(name, future, creation));
  }

  private void awaitCreation(
      String name, KafkaFuture<Void> future, HyperFlowConfig.TopicCreation creation) {
    try {
      future.get(config.startupTimeoutMillis(), TimeUnit.MILLISECONDS);
      LOG.atInfo()
          .addKeyValue("topic", name)
          .addKeyValue("partitions", creation.partitions())
          .log("Created topic");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new StartupException(
            "topics: expected to create '%s', found: %s".formatted(name, rootMessage(e)), e);
      }
    } catch (InterruptedException | TimeoutException e) {
      throw interrupted(e);
    }
  }

  private void checkCoPartitioning(Map<String, TopicDescription> found) {
    String support = config.topics().support();
    String queries = config.topics().queries();
    int supportPartitions = found.get(support).partitions().size();
    int queryPartitions = found.get(queries).partitions().size();
    if (supportPartitions != queryPartitions) {
      throw new StartupException(
          "topics: expected '%s' and '%s' to have equal partitions, found %d and %d"
              .formatted(support, queries, supportPartitions, queryPartitions));
    }
  }

  private void checkHeadsCompacted() {
    config
        .topics()
        .heads()
        .ifPresent(
            heads -> {
              ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, heads);
              String policy =
                  await(() -> admin.describeConfigs(List.of(resource)).all())
                      .get(resource)
                      .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                      .value();
              if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw new StartupException(
                    "topics: expected '%s' to have cleanup.policy=compact, found %s"
                        .formatted(heads, policy));
              }
            });
  }

  private <T> T await(Supplier<KafkaFuture<T>> call) {
    // A topic that was just made may not be known to the broker that is asked: ask again for a
    // while.
    long rounds = Math.max(1, config.startupTimeoutMillis() / 100);
    for (long round = 1; ; round++) {
      try {
        return call.get().get(config.startupTimeoutMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || round >= rounds) {
          throw new StartupException(
              "brokers: expected an answer from bootstrap.servers=%s, found: %s"
                  .formatted(config.bootstrapServers(), rootMessage(e)),
              e);
        }
      } catch (InterruptedException | TimeoutException e) {
        throw interrupted(e);
      }
    }
  }

  private StartupException interrupted(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new StartupException(
        "brokers: expected an answer from bootstrap.servers=%s within %d ms, found none"
            .formatted(config.bootstrapServers(), config.startupTimeoutMillis()),
        e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
