package dev.hyperflow.topology.internal.batch;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Divides the time that a stream thread may work between two commits among its tasks, and knows
 * what was worked on and is not committed yet. Thread-safe; a {@link WorkBudget} is its task's.
 */
public final class WorkBudgets {
  // No public hook tells a processor of a commit. But only the thread itself commits, between two
  // rounds of its tasks, and counts it in a metric that everybody may read. A thread without that
  // metric (a test driver) has no budget to keep to.
  //
  // Work that waits for its commit is remembered under its task's name: when a commit fails, the
  // task is built anew, on another thread even, and goes on waiting for the same commit.

  private static final MetricName COMMITS =
      new MetricName("commit-total", "stream-thread-metrics", "", Map.of());

  /** A task that comes back after so long has worked and committed elsewhere meanwhile. */
  private static final Duration FORGET_CLOSED = Duration.ofMinutes(2);

  private final LongSupplier nanoTicker;
  private final Duration most;
  private final Map<Thread, AtomicInteger> tasks = new ConcurrentHashMap<>();
  private final Map<String, Uncommitted> uncommitted = new ConcurrentHashMap<>();
  private final Map<String, Reason> waiting = new ConcurrentHashMap<>();

  /**
   * Budgets of which none is used.
   *
   * @param nanoTicker nanoseconds of a clock that only goes forward
   * @param most how long a thread may work between two commits
   */
  public WorkBudgets(LongSupplier nanoTicker, Duration most) {
    this.nanoTicker = nanoTicker;
    this.most = most;
  }

  /**
   * Work that waits for its commit.
   *
   * @param task the task's name
   * @param age time since its first part was done
   */
  public record Waiting(String task, Duration age) {}

  private record Reason(String text, long sinceNanos) {}

  private record Uncommitted(
      long sinceNanos, long commitsThen, LongSupplier commits, Optional<Long> closedNanos) {
    boolean isCommitted() {
      return commits.getAsLong() != commitsThen;
    }

    Uncommitted closed(long nowNanos) {
      return new Uncommitted(sinceNanos, commitsThen, commits, Optional.of(nowNanos));
    }
  }

  /**
   * The budget of the task that {@code context} belongs to; to be closed with it. Call it on the
   * task's thread.
   */
  public WorkBudget join(ProcessorContext<?, ?> context) {
    return join(
        context.taskId().toString(),
        commitsOf(context.metrics().metrics(), Thread.currentThread().getName()));
  }

  WorkBudget join(String task, Optional<LongSupplier> commits) {
    AtomicInteger count = tasks.computeIfAbsent(Thread.currentThread(), any -> new AtomicInteger());
    count.incrementAndGet();
    return new WorkBudget(this, task, commits, count);
  }

  private static Optional<LongSupplier> commitsOf(
      Map<MetricName, ? extends Metric> metrics, String thread) {
    Metric total =
        metrics.get(
            new MetricName(COMMITS.name(), COMMITS.group(), "", Map.of("thread-id", thread)));
    return Optional.ofNullable(total)
        .map(metric -> () -> ((Number) metric.metricValue()).longValue());
  }

  long nanos() {
    return nanoTicker.getAsLong();
  }

  long mostNanos() {
    return most.toNanos();
  }

  /** A task has worked, and its thread had committed so often before. */
  void worked(String task, long startNanos, long commitsThen, LongSupplier commits) {
    uncommitted.merge(
        task,
        new Uncommitted(startNanos, commitsThen, commits, Optional.empty()),
        (before, now) ->
            before.isCommitted() || isLongClosed(before, startNanos)
                ? now
                : new Uncommitted(before.sinceNanos(), commitsThen, commits, Optional.empty()));
  }

  private static boolean isLongClosed(Uncommitted work, long nowNanos) {
    return work.closedNanos()
        .filter(closed -> nowNanos - closed > FORGET_CLOSED.toNanos())
        .isPresent();
  }

  /** A task waits for something, and its records with it, or does not wait any more. */
  void waits(String task, Optional<String> reason) {
    reason.ifPresentOrElse(
        text ->
            waiting.merge(
                task,
                new Reason(text, nanos()),
                (before, now) -> new Reason(now.text(), before.sinceNanos())),
        () -> waiting.remove(task));
  }

  void left(String task, AtomicInteger count) {
    waiting.remove(task);
    if (count.decrementAndGet() == 0) {
      tasks.remove(Thread.currentThread(), count);
    }
    uncommitted.computeIfPresent(
        task, (any, work) -> work.isCommitted() ? null : work.closed(nanos()));
  }

  /**
   * Why the records of a task have waited, one line, if those of any task have for so long.
   *
   * @param bound how long they may wait
   */
  public Optional<String> waitingSince(Duration bound) {
    long now = nanos();
    return waiting.entrySet().stream()
        .filter(entry -> now - entry.getValue().sinceNanos() >= bound.toNanos())
        .min(Comparator.comparingLong(entry -> entry.getValue().sinceNanos()))
        .map(
            entry ->
                "records of task %s have waited %d s: %s"
                    .formatted(
                        entry.getKey(),
                        Duration.ofNanos(now - entry.getValue().sinceNanos()).toSeconds(),
                        entry.getValue().text()));
  }

  /** The work of a task of this instance that has waited longest for its commit, if any waits. */
  public Optional<Waiting> longestWaiting() {
    long now = nanos();
    return uncommitted.entrySet().stream()
        .filter(entry -> entry.getValue().closedNanos().isEmpty())
        .filter(entry -> !entry.getValue().isCommitted())
        .map(
            entry ->
                new Waiting(entry.getKey(), Duration.ofNanos(now - entry.getValue().sinceNanos())))
        .max(Comparator.comparing(Waiting::age));
  }
}
