package dev.hyperflow.topology.internal.emit;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes what goes to the output topics, as large as these take it. Immutable.
 *
 * @param predictions makes answers
 * @param deadLetters makes letters of refused records
 * @param heads whether heads go out
 * @param quality whether reports of quality go out
 */
public record Outputs(
    Predictions predictions, DeadLetters deadLetters, boolean heads, boolean quality) {
  private static final int ROOM_FOR_HEADERS = RecordLimits.FRAME / 2;

  /** The outputs of a configuration. */
  public static Outputs of(ApplicationConfig config, RecordLimits limits) {
    Topics topics = config.topics();
    return new Outputs(
        new Predictions(limits.of(topics.predictions()), mostBytesOfPrediction(config)),
        new DeadLetters(limits.of(topics.deadLetters())),
        topics.heads().isPresent(),
        topics.quality().isPresent());
  }

  /** The most bytes of a prediction without the headers of its query. */
  public static long mostBytesOfPrediction(ApplicationConfig config) {
    return Predictions.mostBytes(config.engine().limits(), config.engine().score().topK());
  }

  /** The most bytes of a report of quality. */
  public static long mostBytesOfQuality(ApplicationConfig config) {
    return RecordLimits.FRAME + RecordLimits.utf8(config.engine().limits().idLength());
  }

  /** A tombstone under the key of a record. */
  public static Record<byte[], Object> withdrawal(Record<byte[], ?> record) {
    return new Record<>(
        record.key(),
        null,
        record.timestamp(),
        RecordHeadersCopy.of(record.headers(), ROOM_FOR_HEADERS));
  }
}
