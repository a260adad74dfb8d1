package dev.hyperflow.topology.internal;

import static java.util.stream.Collectors.toSet;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks mapped topics before the application starts. They are never made or changed. */
final class SourceChecks {
  private static final Logger LOG = LoggerFactory.getLogger(SourceChecks.class);

  /** So many of a topic's newest records are tried. */
  private static final int SAMPLE = 10;

  /** Why a record is refused that a path does not fit. */
  private static final Set<Reason> OF_SHAPE =
      Set.of(
          Reason.MISSING_FIELD,
          Reason.UNDECODABLE,
          Reason.UNDECODABLE_KEY,
          Reason.UNKNOWN_OPERATION);

  private final ApplicationConfig config;
  private final Brokers brokers;

  SourceChecks(ApplicationConfig config, Brokers brokers) {
    this.config = config;
    this.brokers = brokers;
  }

  /**
   * Runs the checks.
   *
   * @param existing the names of all topics
   * @param partitions of the application's input topics
   * @throws StartupException when a topic is missing or does not fit, or as by {@link
   *     #checkRecords}
   */
  void run(Set<String> existing, int partitions) {
    for (SourceMapping source : config.sources()) {
      if (!existing.contains(source.topic())) {
        throw new StartupException(
            "source.%s.topic: expected topic '%s', found none of that name. The application makes no"
                    .formatted(source.name(), source.topic())
                + " such topic");
      }
      if (source.isRepartitioned()) {
        checkRepartition(source, existing, partitions);
      } else {
        checkDirect(source, partitions);
      }
    }
    if (!config.sources().isEmpty()) {
      checkRecords();
    }
  }

  private int partitionsOf(String topic) {
    return brokers.describe(List.of(topic)).get(topic).partitions().size();
  }

  private void checkRepartition(SourceMapping source, Set<String> existing, int partitions) {
    source
        .repartitionTopic(config.applicationId())
        .filter(existing::contains)
        .ifPresent(
            topic -> {
              int found = partitionsOf(topic);
              if (found != partitions) {
                throw new StartupException(
                    "topics: expected '%s' to have %d partitions like '%s', found %d. Delete it while"
                            .formatted(topic, partitions, config.topics().support(), found)
                        + " the application is stopped and nothing waits in it");
              }
            });
  }

  /** Its records go to the task of their own partition. */
  private void checkDirect(SourceMapping source, int partitions) {
    int found = partitionsOf(source.topic());
    if (found != partitions) {
      throw new StartupException(
          "source.%s.topic: expected '%s' to have %d partitions like '%s', found %d. Set"
                  .formatted(
                      source.name(), source.topic(), partitions, config.topics().support(), found)
              + " source.%s.repartition=always".formatted(source.name()));
    }
    String policy =
        brokers.settingsOf(source.topic()).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      LOG.atWarn()
          .addKeyValue("topic", source.topic())
          .log("Compaction keeps one record of each tenant. The application may miss the others");
    }
  }

  /**
   * Tries the newest records of all mapped topics.
   *
   * @throws StartupException when a mapping fits none of a topic that the application has not read
   */
  void checkRecords() {
    Set<String> read =
        brokers.committed().keySet().stream().map(TopicPartition::topic).collect(toSet());
    config.sources().forEach(source -> checkRecords(source, !read.contains(source.topic())));
  }

  /** A path with a typing error fits no record at all. */
  private void checkRecords(SourceMapping source, boolean isNew) {
    List<SourceSample.Tried> tried =
        new SourceSample(config, source).read(OptionalLong.of(-SAMPLE), SAMPLE);
    if (tried.isEmpty() || !tried.stream().allMatch(SourceChecks::isMisshapen)) {
      return;
    }
    SourceSample.Tried newest = tried.get(tried.size() - 1);
    String found =
        "source.%s: expected a mapping that fits '%s', found that all of its newest %d records are refused; %s:%d:%d: %s; paths there: %s"
            .formatted(
                source.name(),
                source.topic(),
                tried.size(),
                source.topic(),
                newest.record().partition(),
                newest.record().offset(),
                newest.rejection().orElseThrow().message(),
                String.join(", ", newest.paths()));
    if (isNew) {
      throw new StartupException(found);
    }
    LOG.atWarn().log(found);
  }

  private static boolean isMisshapen(SourceSample.Tried tried) {
    return tried.rejection().map(Rejection::reason).filter(OF_SHAPE::contains).isPresent();
  }
}
