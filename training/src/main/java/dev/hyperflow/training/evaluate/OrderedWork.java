package dev.hyperflow.training.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does work on several threads and hands the results to the thread that submits, in the order of
 * submission. So what is made of them does not depend on the number of threads. At most a few
 * results wait. One thread uses it and closes it.
 */
final class OrderedWork implements AutoCloseable {

  private static final int WINDOW = 4;

  private final ExecutorService workers;
  private final int window;
  private final Deque<Runnable> pending = new ArrayDeque<>();

  OrderedWork(int threads) {
    this.workers = Executors.newFixedThreadPool(threads);
    this.window = WINDOW * threads;
  }

  /**
   * Queues work; may first wait for older work and hand on its result.
   *
   * @throws IllegalStateException if older work failed
   */
  <T> void submit(Callable<T> work, Consumer<T> result) {
    if (pending.size() == window) {
      handOn();
    }
    Future<T> future = workers.submit(work);
    pending.addLast(() -> result.accept(await(future)));
  }

  /** Waits for everything and hands on all results. */
  void finish() {
    while (!pending.isEmpty()) {
      handOn();
    }
  }

  private void handOn() {
    pending.removeFirst().run();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
