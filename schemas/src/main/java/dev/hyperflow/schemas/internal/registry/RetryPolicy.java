package dev.hyperflow.schemas.internal.registry;

import java.util.random.RandomGenerator;

/**
 * When to try again.
 *
 * @param maxRetries retries after the first try, 0 or more
 * @param waitMs wait before the first retry, in milliseconds
 * @param maxWaitMs longest wait, in milliseconds
 */
record RetryPolicy(int maxRetries, long waitMs, long maxWaitMs) {
  private static final int MAX_DOUBLINGS = 30;

  /**
   * Returns how long to wait before a retry, in milliseconds: exponential, with the upper half
   * drawn at random so that clients that failed together do not return together.
   *
   * @param retry 0 for the first retry
   */
  long waitMs(int retry, RandomGenerator random) {
    long factor = 1L << Math.min(retry, MAX_DOUBLINGS);
    long full = waitMs > maxWaitMs / factor ? maxWaitMs : waitMs * factor;
    return full - Math.round(full / 2.0 * random.nextDouble());
  }
}
