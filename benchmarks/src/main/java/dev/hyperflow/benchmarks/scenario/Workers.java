package dev.hyperflow.benchmarks.scenario;

import java.util.Collections;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several threads at once. */
final class Workers {

  private Workers() {}

  /**
   * Runs the work once on each thread and waits for all of them.
   *
   * @return nanoseconds from the first start to the last end
   * @throws IllegalStateException when the work fails on a thread
   */
  static long run(int threads, Runnable work) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      for (Future<Object> done :
          workers.invokeAll(Collections.nCopies(threads, Executors.callable(work)))) {
        done.get();
      }
      return System.nanoTime() - start;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread ended: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }
}
