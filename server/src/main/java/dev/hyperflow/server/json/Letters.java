package dev.hyperflow.server.json;

import dev.hyperflow.server.http.Required;
import dev.hyperflow.server.letters.Replay.Outcome;
import java.util.List;

/** Records that were refused. Times are milliseconds since the epoch. */
public final class Letters {
  private Letters() {}

  /** Dead letters, the newest first; {@code more} says that there are older ones. */
  public record Found(List<Letter> letters, boolean more) {}

  /**
   * A dead letter.
   *
   * @param at its place in the dead-letters topic, topic:partition:offset
   * @param timestamp when it was written
   * @param stage where the record was refused
   * @param reason why, as a code
   * @param message why, in words
   * @param tenant whose record it is; null where that cannot be read
   * @param source the record's own place
   * @param record the record's value as text that can be edited, in Avro's JSON; null where it
   *     cannot be decoded or was cut
   */
  public record Letter(
      String at,
      long timestamp,
      String stage,
      String reason,
      String message,
      String tenant,
      String source,
      String record) {}

  /**
   * Which record is to be sent again.
   *
   * @param at the letter's place
   * @param record its new value, in the form of {@link Letter#record}; null for the old one
   * @param tenant its new tenant; null for the old one
   */
  public record Replay(@Required String at, String record, String tenant) {}

  /** What became of it: {@code sentTo} is the record's new place, null where none was sent. */
  public record Replayed(String at, Outcome outcome, String sentTo) {}
}
