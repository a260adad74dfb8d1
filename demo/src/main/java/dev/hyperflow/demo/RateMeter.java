package dev.hyperflow.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Events per second over the last few looks at a counter. Not thread-safe. */
final class RateMeter {

  private static final int LOOKS = 10;
  private static final double MILLIS_PER_SECOND = 1000;

  private final Deque<long[]> looks = new ArrayDeque<>();

  /** Takes a look and gives the rate since the oldest one remembered. */
  double look(long millis, long count) {
    looks.addLast(new long[] {millis, count});
    if (looks.size() > LOOKS) {
      looks.removeFirst();
    }
    long[] oldest = looks.getFirst();
    long elapsed = millis - oldest[0];
    return elapsed <= 0 ? 0 : (count - oldest[1]) * MILLIS_PER_SECOND / elapsed;
  }
}
