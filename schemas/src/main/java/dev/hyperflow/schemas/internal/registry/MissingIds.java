package dev.hyperflow.schemas.internal.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the registry lately did not know, even after a wait. Thread-safe.
 *
 * <p>Keeps a stream of records with made-up ids from waiting once for each.
 */
final class MissingIds {
  static final int MAX_ENTRIES = 16;
  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanoTime;
  private final Map<String, Long> since = new HashMap<>();

  MissingIds(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether a replica may know this after a wait. */
  synchronized boolean isWorthWaiting(String path) {
    long now = nanoTime.getAsLong();
    since.values().removeIf(added -> now - added > KEPT_NANOS);
    return since.size() < MAX_ENTRIES && !since.containsKey(path);
  }

  synchronized void add(String path) {
    if (since.size() < MAX_ENTRIES) {
      since.put(path, nanoTime.getAsLong());
    }
  }
}
