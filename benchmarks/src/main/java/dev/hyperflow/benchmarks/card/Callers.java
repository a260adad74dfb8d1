package dev.hyperflow.benchmarks.card;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that call as fast as they get answers. */
final class Callers {
  private static final double NANOS = 1e9;

  private Callers() {}

  /**
   * Lets threads repeat a call until the budget ends, each at least once.
   *
   * @return nanoseconds of each call
   * @throws IllegalStateException if a call fails
   */
  static double[] nanos(int threads, Runnable call, Budget budget) {
    Callable<List<Long>> caller =
        () -> {
          List<Long> nanos = new ArrayList<>();
          do {
            long start = System.nanoTime();
            call.run();
            nanos.add(System.nanoTime() - start);
          } while (budget.isLeft() && !Thread.currentThread().isInterrupted());
          return nanos;
        };
    ExecutorService callers =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "check-caller");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> done : callers.invokeAll(Collections.nCopies(threads, caller))) {
        all.addAll(done.get());
      }
      return all.stream().mapToDouble(Long::doubleValue).toArray();
    } catch (ExecutionException e) {
      throw new IllegalStateException(CardCheck.oneLine(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      callers.shutdownNow();
    }
  }

  /** Calls a second of all threads together. */
  static double perSecond(int threads, Runnable call, Budget budget) {
    long start = System.nanoTime();
    int calls = nanos(threads, call, budget).length;
    return calls * NANOS / (System.nanoTime() - start);
  }
}
