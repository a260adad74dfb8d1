package dev.hyperflow.topology.internal.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How long one task may still work before its thread commits. Used by the task's stream thread
 * only.
 *
 * <p>A task gets an equal share of what its thread has, and in any case one unit of work between
 * two commits.
 */
public final class WorkBudget implements AutoCloseable {
  private static final long MIN_SHARE_NANOS = Duration.ofMillis(50).toNanos();

  private final WorkBudgets all;
  private final String task;
  private final Optional<LongSupplier> commits;
  private final AtomicInteger tasksOfThread;
  private long commitsSeen;
  private long spentNanos;

  WorkBudget(
      WorkBudgets all, String task, Optional<LongSupplier> commits, AtomicInteger tasksOfThread) {
    this.all = all;
    this.task = task;
    this.commits = commits;
    this.tasksOfThread = tasksOfThread;
  }

  /** A kind of work, of which the cost of a unit is not known yet. */
  public Pace pace() {
    return new Pace();
  }

  /** Says why the task waits, or that it does not. */
  public void waits(Optional<String> reason) {
    all.waits(task, reason);
  }

  private long leftNanos() {
    long now = commits.orElseThrow().getAsLong();
    if (now != commitsSeen) {
      commitsSeen = now;
      spentNanos = 0;
    }
    return Math.max(MIN_SHARE_NANOS, all.mostNanos() / tasksOfThread.get()) - spentNanos;
  }

  @Override
  public void close() {
    all.left(task, tasksOfThread);
  }

  /** What a unit of one kind of work costs. */
  public final class Pace {
    /** Units that are tried first. */
    static final int FIRST = 4;

    // A unit that costs more than thought is believed at once, one that costs less by and by: what
    // is cut too short costs little, what is cut too long costs the transaction.
    private static final int SHARE_OF_CHEAPER = 4;

    private long nanosPerUnit;

    private Pace() {}

    /**
     * How much may be done now.
     *
     * @param wanted at least 1
     * @return 0: nothing before the next commit; otherwise up to {@code wanted}
     */
    public int next(int wanted) {
      if (commits.isEmpty()) {
        return wanted;
      }
      long left = leftNanos();
      if (spentNanos > 0 && left < Math.max(1, nanosPerUnit)) {
        return 0;
      }
      long fit = nanosPerUnit == 0 ? FIRST : left / nanosPerUnit;
      return (int) Math.max(1, Math.min(wanted, fit));
    }

    /** Does work and measures it. */
    public void run(int units, Runnable work) {
      long start = all.nanos();
      commits.ifPresent(count -> all.worked(task, start, count.getAsLong(), count));
      work.run();
      long nanos = Math.max(1, all.nanos() - start);
      spentNanos += nanos;
      long each = Math.max(1, nanos / units);
      nanosPerUnit =
          each >= nanosPerUnit ? each : nanosPerUnit - (nanosPerUnit - each) / SHARE_OF_CHEAPER;
    }
  }
}
