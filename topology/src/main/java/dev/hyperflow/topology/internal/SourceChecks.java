package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks mapped topics before the application starts. They are never made or changed. */
final class SourceChecks {
  private static final Logger LOG = LoggerFactory.getLogger(SourceChecks.class);

  /** So many of a topic's first records are tried. */
  private static final int SAMPLE = 10;

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
   * @throws StartupException when a topic is missing or does not fit, or when a mapping fits none
   *     of its first records and the application has not run yet
   */
  void run(Set<String> existing, int partitions) {
    boolean isNew = StateChecks.changelogs(config, existing).findAny().isEmpty();
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
      checkFirstRecords(source, isNew);
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

  /** A path with a typing error fits no record at all. */
  private void checkFirstRecords(SourceMapping source, boolean isNew) {
    List<SourceSample.Tried> tried =
        new SourceSample(config, source).read(OptionalLong.empty(), SAMPLE);
    if (tried.isEmpty() || !tried.stream().allMatch(SourceSample.Tried::isRefused)) {
      return;
    }
    SourceSample.Tried first = tried.get(0);
    String found =
        "source.%s: expected a mapping that fits '%s', found that all of its first %d records are refused; %s:%d:%d: %s; paths there: %s"
            .formatted(
                source.name(),
                source.topic(),
                tried.size(),
                source.topic(),
                first.record().partition(),
                first.record().offset(),
                first.rejection().orElseThrow().message(),
                String.join(", ", first.paths()));
    if (isNew) {
      throw new StartupException(found);
    }
    LOG.atWarn().log(found);
  }
}
