package dev.hyperflow.benchmarks.load;

import dev.hyperflow.demo.TopicReader;
import java.util.List;
import java.util.LongSummaryStatistics;

/** How large the values of a changelog are. */
public final class ChangelogSize {
  private ChangelogSize() {}

  /**
   * The mean size of the committed values, bytes.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static double mean(String bootstrapServers, String topic) {
    LongSummaryStatistics sizes = new LongSummaryStatistics();
    try (TopicReader reader = new TopicReader(bootstrapServers, List.of(topic))) {
      reader.readToEnd(
          record -> {
            if (record.value() != null) {
              sizes.accept(record.value().length);
            }
          });
    }
    if (sizes.getCount() == 0) {
      throw new IllegalArgumentException("topic %s: expected a value, found none".formatted(topic));
    }
    return sizes.getAverage();
  }
}
