package dev.hyperflow.training.train;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.topology.internal.SupportHistory;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.EpisodeSampler;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.history.TenantHistories;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tenants of a support topic as sets to learn from. */
final class TopicSource {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String topic;
  private final EpisodeRange range;
  private final Progress progress;
  private long read;

  TopicSource(String topic, EpisodeRange range, Progress progress) {
    this.topic = topic;
    this.range = range;
    this.progress = progress;
  }

  /**
   * Reads the topic to its end and adds every tenant that has enough to make tasks of.
   *
   * @throws dev.hyperflow.topology.errors.StartupException if the topic cannot be read
   * @throws DataFormatException if no tenant has enough
   */
  void read(ApplicationConfig config, List<LabelledTexts> texts, List<LabelledFeatures> ready) {
    TenantHistories histories = new TenantHistories();
    long refused =
        new SupportHistory(config, topic, PATIENCE)
            .read(
                event -> {
                  histories.apply(event);
                  read++;
                  progress.update(String.format(Locale.ROOT, "%s: %,d events read", topic, read));
                });
    String prefix = topic + "/";
    List<LabelledTexts> allTexts = histories.texts(prefix);
    List<LabelledFeatures> allReady = histories.features(prefix);
    List<LabelledTexts> goodTexts = allTexts.stream().filter(this::isEnough).toList();
    List<LabelledFeatures> goodReady = allReady.stream().filter(this::isEnough).toList();
    int good = goodTexts.size() + goodReady.size();
    int few = allTexts.size() + allReady.size() - good;
    progress.note(
        String.format(
            Locale.ROOT,
            "%s: %,d events (%,d refused, %,d feedback or descriptions left out), %,d tenants to"
                + " learn from, %,d with too few labels",
            topic,
            read,
            refused,
            histories.leftOut(),
            good,
            few));
    if (good == 0) {
      throw new DataFormatException(
          "topic %s: expected a tenant with at least %d labels of two examples or more, found none"
              .formatted(topic, range.minWays()));
    }
    texts.addAll(goodTexts);
    ready.addAll(goodReady);
  }

  private boolean isEnough(LabelledTexts set) {
    return set.texts().stream()
            .collect(Collectors.groupingBy(text -> text.label(), Collectors.counting()))
            .values()
            .stream()
            .filter(count -> count >= 2)
            .count()
        >= range.minWays();
  }

  private boolean isEnough(LabelledFeatures set) {
    return new EpisodeSampler(range, 0).accepts(set);
  }
}
