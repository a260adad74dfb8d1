package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.ClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the requests of many threads into few runs of one model, on the device's owner thread.
 * Safe for use by many threads.
 *
 * @param <I> what a request is a list of
 * @param <O> what its result is a list of, one for each item
 */
final class MergingExecutor<I, O> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MergingExecutor.class);

  /*
   * Requests are merged whole and in the order of their arrival, until the next one would exceed
   * the largest batch. They are due when they fill a batch, when the oldest has waited long enough,
   * or when the executor is closing. Merging must not show: if a merged run fails, every request is
   * run again by itself, so that each caller sees its own failure and no other's.
   */
  private final String name;
  private final int largestBatch;
  private final long longestWaitNanos;
  private final Function<List<I>, List<O>> model;
  private final OwnerThread owner;
  private final ReentrantLock lock;
  private final Condition drained;
  private final Deque<Request<I, O>> queue = new ArrayDeque<>(); // guarded by lock
  private int queuedItems; // guarded by lock
  private boolean running; // guarded by lock
  private boolean closed; // guarded by lock
  private final LongAdder requests = new LongAdder();
  private final LongAdder runs = new LongAdder();

  private record Request<I, O>(
      List<I> items, long arrivedNanos, CompletableFuture<List<O>> result) {}

  /**
   * Opens an executor; its owner thread serves it until it is closed.
   *
   * @param name what refusals call it
   * @param largestBatch most items of a merged run, at least 1
   * @param longestWaitNanos how long a request may wait for company, at least 0
   * @param model runs on the owner thread only, one call at a time
   */
  MergingExecutor(
      String name,
      int largestBatch,
      long longestWaitNanos,
      Function<List<I>, List<O>> model,
      OwnerThread owner) {
    this.name = name;
    this.largestBatch = largestBatch;
    this.longestWaitNanos = longestWaitNanos;
    this.model = model;
    this.owner = owner;
    this.lock = owner.lock();
    this.drained = lock.newCondition();
    owner.serve(this);
  }

  /**
   * Runs the model on the items, perhaps together with those of others, and waits for the result.
   *
   * @throws IllegalStateException if closed
   * @throws CancellationException if the thread is interrupted while it waits; it stays
   *     interrupted, and the items are not run if their turn had not come
   * @throws RuntimeException whatever the model throws for these items
   */
  List<O> run(List<I> items) {
    Request<I, O> request =
        new Request<>(List.copyOf(items), System.nanoTime(), new CompletableFuture<>());
    enqueue(request);
    try {
      return request.result().get();
    } catch (InterruptedException e) {
      withdraw(request);
      Thread.currentThread().interrupt();
      throw new CancellationException(name + ": interrupted while waiting for the device");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // models declare no checked exception
    }
  }

  private void enqueue(Request<I, O> request) {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedException(name);
      }
      if (request.items().isEmpty()) {
        request.result().complete(List.of());
        return;
      }
      queue.add(request);
      queuedItems += request.items().size();
      requests.increment();
      owner.wake();
    } finally {
      lock.unlock();
    }
  }

  private void withdraw(Request<I, O> request) {
    lock.lock();
    try {
      if (queue.remove(request)) {
        queuedItems -= request.items().size();
        signalIfDrained();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Calls that were queued so far. */
  long requests() {
    return requests.sum();
  }

  /** Runs they were merged into so far. */
  long runs() {
    return runs.sum();
  }

  /** Whether there is nothing left to do for ever; the caller holds the lock. */
  boolean finished() {
    return closed && queue.isEmpty();
  }

  /** Nanoseconds until a run is due, the largest long if there is none; holds the lock. */
  long nanosUntilDue(long now) {
    if (queue.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return closed || queuedItems >= largestBatch ? 0 : longestWaitNanos - nanosWaited(now);
  }

  /** Nanoseconds since the oldest request came; the caller holds the lock, a request is queued. */
  long nanosWaited(long now) {
    return now - queue.element().arrivedNanos();
  }

  /** Takes the next batch out of the queue, to be run without the lock, which the caller holds. */
  Runnable take() {
    List<Request<I, O>> batch = new ArrayList<>();
    int items = 0;
    while (!queue.isEmpty()
        && (batch.isEmpty() || items + queue.element().items().size() <= largestBatch)) {
      Request<I, O> request = queue.remove();
      items += request.items().size();
      batch.add(request);
    }
    queuedItems -= items;
    running = true;
    return () -> runAndSettle(batch);
  }

  private void runAndSettle(List<Request<I, O>> batch) {
    try {
      if (batch.size() == 1) {
        runAlone(batch.get(0));
      } else {
        runMerged(batch);
      }
    } finally {
      lock.lock();
      try {
        running = false;
        signalIfDrained();
      } finally {
        lock.unlock();
      }
    }
  }

  private void runMerged(List<Request<I, O>> batch) {
    List<I> items = new ArrayList<>();
    batch.forEach(request -> items.addAll(request.items()));
    List<O> results;
    try {
      results = call(items);
    } catch (Throwable e) {
      LOG.debug(
          "{}: a run of {} requests failed; each request runs alone next", name, batch.size(), e);
      batch.forEach(this::runAlone);
      return;
    }
    int start = 0;
    for (Request<I, O> request : batch) {
      int end = start + request.items().size();
      request.result().complete(List.copyOf(results.subList(start, end)));
      start = end;
    }
  }

  private void runAlone(Request<I, O> request) {
    try {
      request.result().complete(call(request.items()));
    } catch (Throwable e) { // it is the caller's, and the thread must live on
      request.result().completeExceptionally(e);
    }
  }

  private List<O> call(List<I> items) {
    runs.increment();
    List<O> results = model.apply(items);
    if (results.size() != items.size()) {
      throw new ModelException(
          "%s: expected %d results, found %d".formatted(name, items.size(), results.size()));
    }
    return results;
  }

  private void signalIfDrained() {
    if (queue.isEmpty() && !running) {
      drained.signalAll();
    }
  }

  /** Refuses new requests, runs those that are queued, and waits for them. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      owner.wake();
      while (!queue.isEmpty() || running) {
        drained.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
