package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the topics that a running application needs are as they were when it started.
 * Clients wait for a topic that was deleted, and nothing else would say so. Thread-safe.
 */
final class TopicWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final long ANSWER_MILLIS = 4_000;

  private final List<String> topics;
  private final List<ConfigResource> uncompacted;
  private final Admin admin;
  private final LongSupplier nanoTicker;
  private final Map<String, TopicDescription> first = new HashMap<>();
  private Optional<Trouble> trouble = Optional.empty();

  /**
   * What is wrong.
   *
   * @param reason one line
   * @param sinceNanos when it was seen first
   * @param passes whether it may be gone in a moment
   */
  private record Trouble(String reason, long sinceNanos, boolean passes) {}

  TopicWatch(ApplicationConfig config, Admin admin, LongSupplier nanoTicker) {
    this.topics =
        Stream.of(
                config.topics().all(),
                StateChecks.changelogs(config),
                config.sources().stream().map(SourceMapping::topic).toList(),
                config.repartitionTopics())
            .flatMap(List::stream)
            .toList();
    this.uncompacted =
        Stream.of(
                config.topics().support(),
                config.topics().queries(),
                config.topics().predictions(),
                config.topics().deadLetters())
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    this.admin = admin;
    this.nanoTicker = nanoTicker;
  }

  /** Asks the brokers once; a failure to ask is logged, and leaves what was found before. */
  void look() throws InterruptedException {
    try {
      note(Optional.ofNullable(found()));
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("The watch over the topics failed. It tries again");
    }
  }

  private Trouble found() throws InterruptedException {
    long now = nanoTicker.getAsLong();
    Trouble passing = null;
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      String name = each.getKey();
      try {
        Optional<Trouble> wrong =
            wrongWith(name, each.getValue().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS), now);
        if (wrong.isPresent() && !wrong.get().passes()) {
          return wrong.get();
        }
        passing = wrong.orElse(passing);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          return new Trouble("the brokers do not answer: " + Causes.rootMessage(e), now, true);
        }
        if (wasThere(name)) {
          return new Trouble("topic '%s' was deleted".formatted(name), now, false);
        }
      } catch (TimeoutException e) {
        return new Trouble("the brokers do not answer", now, true);
      }
    }
    return passing == null ? compacted(now) : passing;
  }

  /** An input that has become compacted loses labels and queries from then on. */
  private Trouble compacted(long now) throws InterruptedException {
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> each :
        admin.describeConfigs(uncompacted).values().entrySet()) {
      try {
        String policy =
            each.getValue()
                .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .value();
        if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
          return new Trouble(
              "topic '%s' has become cleanup.policy=%s, which loses records: set it to delete"
                  .formatted(each.getKey().name(), policy),
              now,
              false);
        }
      } catch (ExecutionException | TimeoutException e) {
        LOG.atDebug().setCause(e).log("The settings of a topic could not be read");
      }
    }
    return null;
  }

  private synchronized boolean wasThere(String name) {
    return first.containsKey(name);
  }

  private synchronized Optional<Trouble> wrongWith(String name, TopicDescription topic, long now) {
    TopicDescription before = first.putIfAbsent(name, topic);
    if (before != null && !before.topicId().equals(topic.topicId())) {
      return trouble("topic '%s' was deleted and made anew", name, now, false);
    }
    if (before != null && before.partitions().size() != topic.partitions().size()) {
      return trouble(
          "topic '%%s' has %d partitions and had %d when the application started"
              .formatted(topic.partitions().size(), before.partitions().size()),
          name,
          now,
          false);
    }
    boolean isLed =
        topic.partitions().stream().map(TopicPartitionInfo::leader).allMatch(TopicWatch::is);
    return isLed
        ? Optional.empty()
        : trouble("a partition of topic '%s' has no leader", name, now, true);
  }

  private static boolean is(Node leader) {
    return leader != null && !leader.isEmpty();
  }

  private static Optional<Trouble> trouble(String reason, String name, long now, boolean passes) {
    return Optional.of(new Trouble(reason.formatted(name), now, passes));
  }

  private synchronized void note(Optional<Trouble> now) {
    boolean isNew =
        now.isPresent()
            && trouble.map(Trouble::reason).filter(now.get().reason()::equals).isEmpty();
    if (isNew && !now.get().passes()) {
      LOG.atError().addKeyValue("reason", now.get().reason()).log("The application cannot work");
    }
    if (isNew || now.isEmpty()) {
      trouble = now;
    }
  }

  /**
   * What is wrong, if anything is.
   *
   * @param bound how long something may be wrong that may pass
   */
  synchronized Optional<String> trouble(Duration bound) {
    long now = nanoTicker.getAsLong();
    return trouble
        .filter(found -> !found.passes() || now - found.sinceNanos() >= bound.toNanos())
        .map(Trouble::reason);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
