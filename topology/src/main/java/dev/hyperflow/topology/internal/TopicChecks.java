package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.emit.DeadLetters;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks topics before the application starts; makes topics that are missing. */
final class TopicChecks {
  private static final Logger LOG = LoggerFactory.getLogger(TopicChecks.class);
  private static final String FOREVER = "-1";

  private final ApplicationConfig config;
  private final Topics topics;
  private final Brokers brokers;

  TopicChecks(ApplicationConfig config, Brokers brokers) {
    this.config = config;
    this.topics = config.topics();
    this.brokers = brokers;
  }

  /**
   * What the checks found out about the topics that are there now.
   *
   * @param partitions numbers of partitions by name
   * @param takesAnyTimestamp whether the brokers know {@code message.timestamp.after.max.ms}
   * @param outputRetentionMillis how long answers are kept, -1 for good
   * @param letterRetentionMillis how long dead letters are kept, -1 for good
   * @param limits how large the records of output topics may be
   */
  record Found(
      Map<String, Integer> partitions,
      boolean takesAnyTimestamp,
      long outputRetentionMillis,
      long letterRetentionMillis,
      RecordLimits limits) {}

  /**
   * Runs the checks.
   *
   * @throws StartupException when brokers do not answer, or topics are missing or do not fit
   */
  Found run() {
    Set<String> existing = brokers.topicNames();
    List<String> present = topics.all().stream().filter(existing::contains).toList();
    List<String> missing =
        topics.all().stream().filter(topic -> !existing.contains(topic)).toList();
    Map<String, Integer> partitions = new HashMap<>();
    brokers
        .describe(present)
        .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
    if (!missing.isEmpty()) {
      requireNeverThere(missing, existing);
      create(missing, partitions);
    }
    checkCoPartitioning(partitions);
    Map<String, Config> outputs = new HashMap<>();
    topics.outputs().forEach(name -> outputs.put(name, brokers.settingsOf(name)));
    topics.compacted().stream()
        .filter(present::contains)
        .forEach(name -> checkCompacted(name, outputs.get(name)));
    List.of(topics.predictions(), topics.deadLetters())
        .forEach(name -> checkNotCompacted(name, outputs.get(name)));
    topics.bundles().ifPresent(bundles -> checkPartitionsOfBundles(partitions.get(bundles)));
    topics.bundles().filter(present::contains).ifPresent(this::checkSettingsOfBundles);
    inputs().filter(present::contains).forEach(this::checkSettingsOfInput);
    new SourceChecks(config, brokers).run(existing, partitions.get(topics.support()));
    Config answers = outputs.get(topics.predictions());
    return new Found(
        Map.copyOf(partitions),
        answers.get(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG) != null,
        retention(answers),
        retention(outputs.get(topics.deadLetters())),
        limits(outputs));
  }

  /** What an output topic does not take would end the application at every start. */
  private RecordLimits limits(Map<String, Config> outputs) {
    Map<String, Integer> bytes = new HashMap<>();
    outputs.forEach((name, settings) -> bytes.put(name, limit(settings)));
    RecordLimits limits = new RecordLimits(bytes, RecordLimits.USUAL.otherwise());
    requireRoom(limits, "topics.dead-letters", topics.deadLetters(), DeadLetters.MIN_BYTES);
    requireRoom(
        limits, "topics.predictions", topics.predictions(), Outputs.mostBytesOfPrediction(config));
    topics
        .quality()
        .ifPresent(
            name ->
                requireRoom(limits, "topics.quality", name, Outputs.mostBytesOfQuality(config)));
    return limits;
  }

  private int limit(Config settings) {
    return Math.min(
        Integer.parseInt(settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
        config.mostRecordBytes());
  }

  private static void requireRoom(RecordLimits limits, String setting, String name, long bytes) {
    if (limits.of(name) < bytes) {
      throw new StartupException(
          "%s: expected '%s' to take records of %d bytes, as limits.* allow them, found %d."
                  .formatted(setting, name, bytes, limits.of(name))
              + " Raise max.message.bytes of the topic");
    }
  }

  private Stream<String> inputs() {
    return Stream.of(topics.support(), topics.queries());
  }

  /** An input topic that is missing while there is state was deleted. */
  private void requireNeverThere(List<String> missing, Set<String> existing) {
    Optional<String> changelog = StateChecks.changelogs(config, existing).findFirst();
    inputs()
        .filter(missing::contains)
        .filter(topic -> changelog.isPresent())
        .findFirst()
        .ifPresent(
            topic -> {
              throw new StartupException(
                  "topics: expected '%s', found none of that name although application '%s' has"
                          .formatted(topic, config.applicationId())
                      + " state in '%s': the topic was deleted. Restore it from a mirror, or"
                          .formatted(changelog.orElseThrow())
                      + " create it yourself to go on with an empty one");
            });
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
    for (String name : missing) {
      NewTopic topic =
          new NewTopic(
              name,
              Optional.of(partitionsOf(name, creation, partitions)),
              creation.replicationFactor() < 0
                  ? Optional.empty()
                  : Optional.of(creation.replicationFactor()));
      partitions.put(name, create(topic, settingsOf(name)));
    }
  }

  private int create(NewTopic topic, Map<String, String> settings) {
    CreateTopicsResult created = brokers.create(List.of(topic.configs(settings)));
    try {
      return awaitCreation(topic.name(), created);
    } catch (ExecutionException e) {
      Map<String, String> known = new HashMap<>(settings);
      boolean isUnknown =
          e.getCause() instanceof InvalidConfigurationException
              && known.remove(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG) != null;
      if (isUnknown) {
        return create(topic, known); // brokers before 3.6 take any timestamp
      }
      throw new StartupException(
          "topics: expected to create '%s', found: %s"
              .formatted(topic.name(), Causes.rootMessage(e)),
          e);
    }
  }

  /*
   * Outputs carry the timestamps of inputs, and must take whatever an input topic has taken: by
   * default a broker refuses timestamps an hour ahead, and a refused output stops the application.
   * What cannot be made again is kept for good, whatever the brokers' defaults are.
   */
  private Map<String, String> settingsOf(String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topics.compacted().contains(name)
            ? TopicConfig.CLEANUP_POLICY_COMPACT
            : TopicConfig.CLEANUP_POLICY_DELETE);
    if (inputs().noneMatch(name::equals)) {
      settings.put(
          TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    }
    if (isBundles(name) || name.equals(topics.support())) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, FOREVER);
      settings.put(TopicConfig.RETENTION_BYTES_CONFIG, FOREVER);
    }
    return settings;
  }

  /** An input topic gets as many partitions as the other one has. */
  private int partitionsOf(String name, Topics.Creation creation, Map<String, Integer> partitions) {
    if (isBundles(name)) {
      return 1;
    }
    if (inputs().noneMatch(name::equals)) {
      return creation.partitions();
    }
    return inputs()
        .filter(partitions::containsKey)
        .map(partitions::get)
        .findFirst()
        .orElse(creation.partitions());
  }

  private int awaitCreation(String name, CreateTopicsResult created) throws ExecutionException {
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
        return brokers.describe(List.of(name)).get(name).partitions().size();
      }
      throw e;
    } catch (InterruptedException | TimeoutException e) {
      throw Brokers.noAnswer(config, e);
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

  /** Every label and every query counts, and the order of a tenant's does. */
  private void checkSettingsOfInput(String name) {
    Config settings = brokers.settingsOf(name);
    requireDeletion(
        "topics", name, settings, "because compaction would keep one record of each tenant");
    boolean isTruth = name.equals(topics.support());
    for (String limit :
        List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
      long bound = Long.parseLong(settings.get(limit).value());
      if (bound >= 0) {
        LOG.atWarn()
            .addKeyValue("topic", name)
            .addKeyValue(limit, bound)
            .log(
                isTruth
                    ? "The brokers will delete labels, and nothing can rebuild the memories then."
                        + " Expected retention.ms=-1 and retention.bytes=-1"
                    : "The brokers delete queries by this bound, also those that wait for an"
                        + " answer");
      }
    }
  }

  private static long retention(Config settings) {
    boolean deletes =
        settings
            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
            .value()
            .contains(TopicConfig.CLEANUP_POLICY_DELETE);
    return deletes ? Long.parseLong(settings.get(TopicConfig.RETENTION_MS_CONFIG).value()) : -1;
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
    Config settings = brokers.settingsOf(name);
    requireDeletion("topics.bundles", name, settings, "because every record counts");
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

  /** Compaction keeps one answer of a tenant, and brokers refuse letters without a key then. */
  private static void checkNotCompacted(String name, Config settings) {
    requireDeletion(
        "topics",
        name,
        settings,
        "because compaction would keep one record of each tenant and refuse those without a key");
  }

  private static void requireDeletion(String setting, String name, Config settings, String why) {
    String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new StartupException(
          "%s: expected '%s' to have cleanup.policy=delete, %s, found %s"
              .formatted(setting, name, why, policy));
    }
  }

  private static void checkCompacted(String name, Config settings) {
    String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new StartupException(
          "topics: expected '%s' to have cleanup.policy=compact, found %s".formatted(name, policy));
    }
  }
}
