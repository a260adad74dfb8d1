package dev.hyperflow.topology.internal.rollout;

import java.util.Optional;

/** Looks whether the tenants of this instance can follow to another encoder. */
@FunctionalInterface
public interface TextCheck {

  /**
   * Why some cannot, in words that end a sentence; empty when all can.
   *
   * @throws TryLaterException when the tenants cannot be read now
   */
  Optional<String> whyNoOtherEncoder();

  /** The tenants cannot be read now. */
  final class TryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what prevents it. */
    public TryLaterException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
