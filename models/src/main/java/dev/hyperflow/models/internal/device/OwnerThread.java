package dev.hyperflow.models.internal.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that runs all models of a device. It lives from the first executor that is opened
 * on it until the last one is closed and drained, and does not keep the process alive.
 */
final class OwnerThread {

  /*
   * The scheduler of an inference server in small: each model has a queue, and whenever the device
   * is free the thread takes the due queue whose oldest request has waited longest. One lock guards
   * all queues; models run outside it. One thread for all models of a device, not one each: their
   * peaks of memory never coincide then.
   */
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final List<MergingExecutor<?, ?>> executors = new ArrayList<>(); // guarded by lock
  private boolean running; // guarded by lock

  /**
   * @param name the thread's
   */
  OwnerThread(String name) {
    this.name = name;
  }

  /** Guards the queues of all executors. */
  ReentrantLock lock() {
    return lock;
  }

  /** Tells the thread that a queue changed; the caller holds the lock. */
  void wake() {
    work.signal();
  }

  /** Serves an executor from now on. */
  void serve(MergingExecutor<?, ?> executor) {
    lock.lock();
    try {
      executors.add(executor);
      if (!running) {
        running = true;
        Thread thread = new Thread(this::loop, name);
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void loop() {
    for (Optional<Runnable> run = next(); run.isPresent(); run = next()) {
      run.get().run();
    }
  }

  /** Waits for the next run; empty when every executor is closed and drained. */
  private Optional<Runnable> next() {
    lock.lock();
    try {
      while (true) {
        executors.removeIf(MergingExecutor::finished);
        if (executors.isEmpty()) {
          running = false;
          return Optional.empty();
        }
        long now = System.nanoTime();
        Optional<MergingExecutor<?, ?>> due = due(now);
        if (due.isPresent()) {
          return Optional.of(due.get().take());
        }
        try {
          long unused = work.awaitNanos(nanosUntilDue(now));
        } catch (InterruptedException e) {
          // The thread is private: an interruption is no request to stop. It ends by closing.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<MergingExecutor<?, ?>> due(long now) {
    MergingExecutor<?, ?> longest = null;
    for (MergingExecutor<?, ?> executor : executors) {
      if (executor.nanosUntilDue(now) <= 0
          && (longest == null || executor.nanosWaited(now) > longest.nanosWaited(now))) {
        longest = executor;
      }
    }
    return Optional.ofNullable(longest);
  }

  /** For ever, in effect, if no queue holds a request: whoever adds one wakes the thread. */
  private long nanosUntilDue(long now) {
    return executors.stream()
        .mapToLong(executor -> executor.nanosUntilDue(now))
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
