package dev.hyperflow.server.letters;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a record is: {@code topic:partition:offset}.
 *
 * @param topic the topic
 * @param partition the partition, 0 or more
 * @param offset the offset, 0 or more
 */
public record Place(String topic, int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(.+):(\\d{1,9}):(\\d{1,18})");

  /** Reads what {@link #toString()} writes; empty for anything else. */
  public static Optional<Place> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Place(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  TopicPartition topicPartition() {
    return new TopicPartition(topic, partition);
  }

  @Override
  public String toString() {
    return topic + ":" + partition + ":" + offset;
  }
}
