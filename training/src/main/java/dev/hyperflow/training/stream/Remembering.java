package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;

/**
 * What a bundle's tenant remembers of a stream. A question of the stream is a second of event time.
 *
 * @param examples examples of the tenant; 0 for a bound of each label
 * @param policy which examples stay
 * @param expire questions after which an example expires; 0 for never
 * @param halfLife questions after which an example's weight is halved; 0 for never
 */
record Remembering(int examples, RingPolicy policy, int expire, int halfLife) {

  /** Event time from one question to the next. */
  static final long QUESTION_MILLIS = 1000;

  private static final int EXAMPLES_PER_LABEL = 32;
  private static final int EXAMPLES_PER_TENANT = 9_600;

  /** The name of a bundle that remembers so: its own with the defaults of applications. */
  String named(String bundle) {
    String name = bundle;
    if (examples == 0) {
      name += ", 32 a label";
    } else if (examples != MemorySettings.DEFAULT_EXAMPLES_PER_TENANT) {
      name += ", " + examples + " examples";
    }
    if (policy == RingPolicy.RESERVOIR) {
      name += ", reservoir";
    }
    if (expire > 0) {
      name += ", expire " + expire;
    }
    return halfLife == 0 ? name : name + ", half-life " + halfLife;
  }

  /**
   * The engine's settings.
   *
   * @param labels maximum number of labels
   */
  MemorySettings settings(int labels) {
    return new MemorySettings(
            labels,
            examples == 0
                ? EXAMPLES_PER_LABEL
                : Math.min(examples, MemorySettings.MAX_EXAMPLES_PER_LABEL),
            examples == 0 ? EXAMPLES_PER_TENANT : examples,
            policy,
            FeaturePrecision.FLOAT16,
            1)
        .withFading(new Fading(halfLife * QUESTION_MILLIS));
  }

  /** Weight and expiry of an example that arrives at a time. */
  ExampleTerms terms(long timestampMillis) {
    return expire == 0
        ? ExampleTerms.ORDINARY
        : new ExampleTerms(
            ExampleTerms.ORDINARY.weight(), timestampMillis + expire * QUESTION_MILLIS);
  }
}
