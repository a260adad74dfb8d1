package dev.hyperflow.engine;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A text or a feature vector to learn from, with its weight and its expiry. Immutable.
 *
 * <p>An example has weight 1 and does not expire, unless it says otherwise.
 */
public final class Example {
  private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final Object content;
  private final float weight;
  private final Optional<Instant> expiry;

  private Example(Object content, float weight, Optional<Instant> expiry) {
    this.content = content;
    this.weight = weight;
    this.expiry = expiry;
  }

  /** An example that the bundle's encoder turns into features. */
  public static Example of(String text) {
    return new Example(Objects.requireNonNull(text, "text"), 1, Optional.empty());
  }

  /**
   * An example with features of the caller's own.
   *
   * @param features of the dimension of the tenant's other examples and of the bundle; copied
   */
  public static Example of(float[] features) {
    return new Example(features.clone(), 1, Optional.empty());
  }

  /**
   * The same with another weight in the loss of the support set.
   *
   * @param newWeight above 0 and at most 100; 2 counts as two examples of weight 1
   */
  public Example withWeight(float newWeight) {
    return new Example(content, newWeight, expiry);
  }

  /** The same, to be forgotten once the tenant's event time reaches {@code time}. */
  public Example expiringAt(Instant time) {
    return new Example(content, weight, Optional.of(time));
  }

  /** A {@code String} or a {@code float[]} that must not be changed. */
  Object content() {
    return content;
  }

  /** Weight and expiry; a time that milliseconds cannot tell lies beyond all event time. */
  ExampleTerms terms() {
    return new ExampleTerms(weight, expiry.map(Example::millis).orElse(ExampleTerms.NEVER));
  }

  private static long millis(Instant time) {
    if (time.isAfter(LATEST)) {
      return ExampleTerms.NEVER;
    }
    return time.isBefore(EARLIEST) ? Long.MIN_VALUE : time.toEpochMilli();
  }
}
