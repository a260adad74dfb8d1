package dev.hyperflow.topology.internal.view;

import java.util.ArrayList;
import java.util.List;

/** What happened in each of the last seconds, in steps. Thread-safe. */
public final class Timeline {
  static final long STEP_MILLIS = 2_000;
  static final int STEPS = 300;

  private final Step[] ring = new Step[STEPS];

  /** One step; its fields are guarded by the timeline. */
  private static final class Step {
    final long number;
    long events;
    long answers;
    long integrations;
    long batches;
    long waitMillis;
    long longestWaitMillis;
    final Sample latency = new Sample();
    final Sample labelToHead = new Sample();

    Step(long number) {
      this.number = number;
    }
  }

  /**
   * One step of the past.
   *
   * @param at its begin, milliseconds since the epoch
   */
  public record Point(
      long at,
      double eventsPerSecond,
      double answersPerSecond,
      Percentiles latency,
      Percentiles labelToHead) {}

  /**
   * Sums over some of the last steps.
   *
   * @param seconds how long they took
   * @param longestWaitMillis longest time that a batch's oldest event waited
   */
  public record Sums(
      double seconds,
      long events,
      long answers,
      long integrations,
      long batches,
      long waitMillis,
      long longestWaitMillis,
      Percentiles latency,
      Percentiles labelToHead) {}

  synchronized void batch(int events, long waitMillis, long nowMillis) {
    Step step = step(nowMillis);
    step.events += events;
    step.batches++;
    step.waitMillis += waitMillis;
    step.longestWaitMillis = Math.max(step.longestWaitMillis, waitMillis);
  }

  synchronized void answer(long latencyMillis, long nowMillis) {
    Step step = step(nowMillis);
    step.answers++;
    step.latency.add(latencyMillis);
  }

  synchronized void integration(long nowMillis) {
    step(nowMillis).integrations++;
  }

  synchronized void labelToHead(long millis, long nowMillis) {
    step(nowMillis).labelToHead.add(millis);
  }

  private Step step(long nowMillis) {
    long number = nowMillis / STEP_MILLIS;
    int place = (int) (number % STEPS);
    if (ring[place] == null || ring[place].number != number) {
      ring[place] = new Step(number);
    }
    return ring[place];
  }

  /** The steps that are over, from the first in which something happened; oldest first. */
  public synchronized List<Point> history(long nowMillis) {
    long current = nowMillis / STEP_MILLIS;
    List<Point> points = new ArrayList<>();
    for (long number = current - STEPS + 1; number < current; number++) {
      Step step = ring[(int) (number % STEPS)];
      boolean empty = step == null || step.number != number;
      if (empty && points.isEmpty()) {
        continue;
      }
      points.add(point(empty ? new Step(number) : step));
    }
    return points;
  }

  private static Point point(Step step) {
    double seconds = STEP_MILLIS / 1000.0;
    return new Point(
        step.number * STEP_MILLIS,
        step.events / seconds,
        step.answers / seconds,
        Percentiles.of(List.of(step.latency)),
        Percentiles.of(List.of(step.labelToHead)));
  }

  /** Sums over the last steps that are over. */
  public synchronized Sums last(int steps, long nowMillis) {
    long current = nowMillis / STEP_MILLIS;
    long events = 0;
    long answers = 0;
    long integrations = 0;
    long batches = 0;
    long wait = 0;
    long longest = 0;
    List<Sample> latency = new ArrayList<>();
    List<Sample> labelToHead = new ArrayList<>();
    for (long number = current - steps; number < current; number++) {
      Step step = ring[(int) (number % STEPS)];
      if (step == null || step.number != number) {
        continue;
      }
      events += step.events;
      answers += step.answers;
      integrations += step.integrations;
      batches += step.batches;
      wait += step.waitMillis;
      longest = Math.max(longest, step.longestWaitMillis);
      latency.add(step.latency);
      labelToHead.add(step.labelToHead);
    }
    return new Sums(
        steps * STEP_MILLIS / 1000.0,
        events,
        answers,
        integrations,
        batches,
        wait,
        longest,
        Percentiles.of(latency),
        Percentiles.of(labelToHead));
  }
}
