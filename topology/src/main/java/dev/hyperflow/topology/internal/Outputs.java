package dev.hyperflow.topology.internal;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.emit.DeadLetters;
import dev.hyperflow.topology.internal.emit.Predictions;
import dev.hyperflow.topology.internal.emit.RecordLimits;

/**
 * Makes what goes to the output topics, as large as these take it. Immutable.
 *
 * @param predictions makes answers
 * @param deadLetters makes letters of refused records
 * @param heads whether heads go out
 * @param quality whether reports of quality go out
 */
record Outputs(Predictions predictions, DeadLetters deadLetters, boolean heads, boolean quality) {
  /** The outputs of a configuration. */
  static Outputs of(ApplicationConfig config, RecordLimits limits) {
    Topics topics = config.topics();
    return new Outputs(
        new Predictions(limits.of(topics.predictions()), mostBytesOfPrediction(config)),
        new DeadLetters(limits.of(topics.deadLetters())),
        topics.heads().isPresent(),
        topics.quality().isPresent());
  }

  /** The most bytes of a prediction without the headers of its query. */
  static long mostBytesOfPrediction(ApplicationConfig config) {
    return Predictions.mostBytes(config.engine().limits(), config.engine().score().topK());
  }

  /** The most bytes of a report of quality. */
  static long mostBytesOfQuality(ApplicationConfig config) {
    return RecordLimits.FRAME + RecordLimits.utf8(config.engine().limits().idLength());
  }
}
