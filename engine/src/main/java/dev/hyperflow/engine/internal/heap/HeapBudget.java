package dev.hyperflow.engine.internal.heap;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So much heap for all caches of an instance, dealt out evenly to those who have a share now. Safe
 * for use by many threads at once.
 */
public final class HeapBudget {

  private final long bytes;
  private final AtomicInteger shares = new AtomicInteger();

  /**
   * A budget nobody has a share of yet.
   *
   * @param bytes at least 1
   */
  public HeapBudget(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes: expected at least 1, found " + bytes);
    }
    this.bytes = bytes;
  }

  /** Takes a share, which makes those of the others smaller, until it is closed. */
  public Share share() {
    shares.incrementAndGet();
    return new Share();
  }

  /** A part of the budget. */
  public final class Share implements AutoCloseable {

    private final AtomicBoolean open = new AtomicBoolean(true);

    private Share() {}

    /** How many bytes it is now; follows the number of shares. */
    public long bytes() {
      return bytes / Math.max(1, shares.get());
    }

    /** Leaves the share to the others. Idempotent. */
    @Override
    public void close() {
      if (open.getAndSet(false)) {
        shares.decrementAndGet();
      }
    }
  }
}
