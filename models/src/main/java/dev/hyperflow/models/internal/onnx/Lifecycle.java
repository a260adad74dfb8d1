package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.internal.ClosedException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps native memory alive while it is in use: any number of uses at once, and closing waits for
 * them. A use after the end is refused; without this it would read freed memory.
 */
final class Lifecycle {

  private final String name;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed; // guarded by lock

  /**
   * @param name what refusals call it
   */
  Lifecycle(String name) {
    this.name = name;
  }

  /**
   * Begins a use; {@link #exit()} ends it, on the same thread.
   *
   * @throws ClosedException if closed; the use has not begun then
   */
  void enter() {
    lock.readLock().lock();
    if (closed) {
      lock.readLock().unlock();
      throw new ClosedException(name);
    }
  }

  /** Ends a use that {@link #enter()} began on this thread. */
  void exit() {
    lock.readLock().unlock();
  }

  /** Runs the release once, when no use is under way. */
  void close(Runnable release) {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        release.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
