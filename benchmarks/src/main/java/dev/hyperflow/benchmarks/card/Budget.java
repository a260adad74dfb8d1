package dev.hyperflow.benchmarks.card;

/** Time that a part may take. Immutable; safe for many threads. */
final class Budget {
  private static final double NANOS = 1e9;

  private final long end;

  private Budget(long end) {
    this.end = end;
  }

  /** A budget that begins now. */
  static Budget ofSeconds(double seconds) {
    return new Budget(System.nanoTime() + (long) (seconds * NANOS));
  }

  /** One of so many equal shares of what is left; it begins now. */
  Budget share(int shares) {
    return ofSeconds(secondsLeft() / shares);
  }

  /** Seconds until it ends, at least 0. */
  double secondsLeft() {
    return Math.max(0, (end - System.nanoTime()) / NANOS);
  }

  boolean isLeft() {
    return System.nanoTime() < end;
  }
}
