package dev.hyperflow.benchmarks.card;

import java.util.Locale;
import java.util.OptionalDouble;

/** Items a second of one kind on one device, for larger and larger calls. For one thread. */
final class Pace {
  private static final double NANOS = 1e9;

  /** A call to warm up and one to measure. */
  private static final int MIN_CALLS = 2;

  private static final double SMALL = 10;

  private double secondsPerItem;

  /**
   * Repeats a call until the budget ends, at least once after a warm-up.
   *
   * @param items items of one call
   * @return items a second; empty if the last result says that two calls do not fit
   */
  OptionalDouble measure(int items, Runnable call, Budget budget) {
    if (secondsPerItem * items * MIN_CALLS > budget.secondsLeft()) {
      return OptionalDouble.empty();
    }
    call.run();
    long start = System.nanoTime();
    int calls = 0;
    do {
      call.run();
      calls++;
    } while (budget.isLeft());
    secondsPerItem = (System.nanoTime() - start) / NANOS / calls / items;
    return OptionalDouble.of(1 / secondsPerItem);
  }

  /** A rate as a cell. */
  static String cell(OptionalDouble rate) {
    return rate.isPresent() ? cell(rate.getAsDouble()) : "no time";
  }

  /** A rate as a cell, with decimals if it is small. */
  static String cell(double rate) {
    return String.format(Locale.ROOT, rate < SMALL ? "%.2f" : "%,.0f", rate);
  }

  /** How many times the first rate the second one is, as a cell. */
  static String ratio(OptionalDouble of, OptionalDouble to) {
    return of.isPresent() && to.isPresent()
        ? String.format(Locale.ROOT, "%.2f", to.getAsDouble() / of.getAsDouble())
        : "";
  }
}
