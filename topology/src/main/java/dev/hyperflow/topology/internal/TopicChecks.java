package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks brokers and topics before the application starts; makes topics that are missing. */
final class TopicChecks {
  private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);

  private final ApplicationConfig config;
  private final Topics topics;
  private final Admin admin;

  private TopicChecks(ApplicationConfig config, Admin admin) {
    this.config = config;
    this.topics = config.topics();
    this.admin = admin;
  }

  /**
   * Runs the checks.
   *
   * @throws StartupException when brokers do not answer, or topics are missing or do not fit
   */
  public static void run(ApplicationConfig config) {
    Properties streams = config.streams();
    Map<String, Object> adminConfig = new StreamsConfig(streams).getAdminConfigs("start-up-checks");
    adminConfig.put("default.api.timeout.ms", config.startupTimeoutMillis());
    adminConfig.put("request.timeout.ms", config.startupTimeoutMillis());
    try (Admin admin = Admin.create(adminConfig)) {
      new TopicChecks(config, admin).run();
    } catch (KafkaException e) {
      throw noAnswer(config, e);
    }
  }

  private void run() {
    Set<String> existing = await("the list of topics", admin.listTopics().names());
    List<String> present = topics.all().stream().filter(existing::contains).toList();
    Map<String, Integer> partitions = new HashMap<>();
    await("the description of topics " + present, admin.describeTopics(present).allTopicNames())
        .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    List<String> missing =
        topics.all().stream().filter(topic -> !existing.contains(topic)).toList();
    if (!missing.isEmpty()) {
      create(missing, partitions);
    }
    checkCoPartitioning(partitions);
    topics.compacted().stream().filter(present::contains).forEach(this::checkCompacted);
    topics.bundles().ifPresent(bundles -> checkPartitionsOfBundles(partitions.get(bundles)));
    topics.bundles().filter(present::contains).ifPresent(this::checkSettingsOfBundles);
  }

  private void create(List<String> missing, Map<String, Integer> partitions) {
    Topics.Creation creation =
        config
            .topicCreation()
            .orElseThrow(
                () ->
                    new StartupException(
                        "topics: expected %s, found none of that name; create them or set"
                                .formatted(missing)
                            + " topics.create=true"));
    List<NewTopic> wanted = new ArrayList<>();
    for (String name : missing) {
      NewTopic topic =
          new NewTopic(
              name,
              Optional.of(partitionsOf(name, creation, partitions)),
              creation.replicationFactor() < 0
                  ? Optional.empty()
                  : Optional.of(creation.replicationFactor()));
      wanted.add(topic.configs(settingsOf(name)));
    }
    CreateTopicsResult created = admin.createTopics(wanted);
    for (String name : missing) {
      partitions.put(name, awaitCreation(name, created));
    }
  }

  /*
   * Outputs carry the timestamps of inputs, and must take whatever an input topic has taken: by
   * default a broker refuses timestamps an hour ahead, and a refused output stops the application.
   */
  private Map<String, String> settingsOf(String name) {
    if (List.of(topics.support(), topics.queries()).contains(name)) {
      return Map.of();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    if (isBundles(name)) {
      settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
      settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
      settings.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    }
    if (topics.compacted().contains(name)) {
      settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }
    return settings;
  }

  /** An input topic gets as many partitions as the other one has. */
  private int partitionsOf(String name, Topics.Creation creation, Map<String, Integer> partitions) {
    List<String> inputs = List.of(topics.support(), topics.queries());
    if (isBundles(name)) {
      return 1;
    }
    if (!inputs.contains(name)) {
      return creation.partitions();
    }
    return inputs.stream()
        .filter(partitions::containsKey)
        .map(partitions::get)
        .findFirst()
        .orElse(creation.partitions());
  }

  private int awaitCreation(String name, CreateTopicsResult created) {
    try {
      int partitions =
          created.numPartitions(name).get(config.startupTimeoutMillis(), TimeUnit.MILLISECONDS);
      LOG.atInfo()
          .addKeyValue("topic", name)
          .addKeyValue("partitions", partitions)
          .log("Created topic");
      return partitions;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        // Another instance, starting at the same time, was faster.
        return await("topic " + name, admin.describeTopics(List.of(name)).allTopicNames())
            .get(name)
            .partitions()
            .size();
      }
      throw new StartupException(
          "topics: expected to create '%s', found: %s".formatted(name, Causes.rootMessage(e)), e);
    } catch (InterruptedException | TimeoutException e) {
      throw noAnswer(config, e);
    }
  }

  private void checkCoPartitioning(Map<String, Integer> partitions) {
    int support = partitions.get(topics.support());
    int queries = partitions.get(topics.queries());
    if (support != queries) {
      throw new StartupException(
          "topics: expected '%s' and '%s' to have equal partitions, found %d and %d"
              .formatted(topics.support(), topics.queries(), support, queries));
    }
  }

  private boolean isBundles(String name) {
    return topics.bundles().filter(name::equals).isPresent();
  }

  /** Control records mean something in their order only. */
  private void checkPartitionsOfBundles(int partitions) {
    if (partitions != 1) {
      throw new StartupException(
          "topics.bundles: expected '%s' to have 1 partition, because its records take effect in"
                  .formatted(topics.bundles().orElseThrow())
              + " order, found "
              + partitions);
    }
  }

  /** An instance that starts reads all control records. */
  private void checkSettingsOfBundles(String name) {
    Config settings = settingsOfTopic(name);
    String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new StartupException(
          "topics.bundles: expected '%s' to have cleanup.policy=delete, because every record"
                  .formatted(name)
              + " counts, found "
              + policy);
    }
    String retention = settings.get(TopicConfig.RETENTION_MS_CONFIG).value();
    if (Long.parseLong(retention) >= 0) {
      LOG.atWarn()
          .addKeyValue("topic", name)
          .addKeyValue("retention.ms", retention)
          .log(
              "The brokers will delete bundle control records. An instance that starts after that"
                  + " begins with the configured bundle. Expected retention.ms=-1");
    }
  }

  private Config settingsOfTopic(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return await("the settings of topic " + name, admin.describeConfigs(List.of(resource)).all())
        .get(resource);
  }

  private void checkCompacted(String name) {
    String policy = settingsOfTopic(name).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new StartupException(
          "topics: expected '%s' to have cleanup.policy=compact, found %s".formatted(name, policy));
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

  private static StartupException noAnswer(ApplicationConfig config, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new StartupException(
        "brokers: expected an answer from bootstrap.servers=%s within %d ms, found: %s"
            .formatted(
                config.bootstrapServers(), config.startupTimeoutMillis(), Causes.rootMessage(e)),
        e);
  }
}
