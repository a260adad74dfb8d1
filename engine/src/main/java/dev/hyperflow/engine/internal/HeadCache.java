package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Heads that were integrated for readers beside the stream, the ones used last. Thread-safe.
 *
 * <p>A head is found by what it was made from, so it is never stale. What a tenant takes back has
 * to be {@linkplain #forget forgotten}.
 */
public final class HeadCache {
  private static final float LOAD_FACTOR = 0.75f;

  private record Key(String tenant, String bundleId, Fingerprint fingerprint) {}

  private final Map<Key, AdaptedHead> heads = new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private final long mostFloats;
  private long floats;

  /**
   * An empty cache.
   *
   * @param mostFloats most weights of heads it holds, two matrices a head
   */
  public HeadCache(long mostFloats) {
    this.mostFloats = mostFloats;
  }

  synchronized Optional<AdaptedHead> find(String tenant, String bundleId, Fingerprint fingerprint) {
    return Optional.ofNullable(heads.get(new Key(tenant, bundleId, fingerprint)));
  }

  synchronized void put(String tenant, AdaptedHead head) {
    AdaptedHead before = heads.put(new Key(tenant, head.bundleId(), head.fingerprint()), head);
    floats += size(head) - (before == null ? 0 : size(before));
    var eldest = heads.values().iterator();
    while (floats > mostFloats && eldest.hasNext()) {
      floats -= size(eldest.next());
      eldest.remove();
    }
  }

  /** Drops all heads of a tenant. */
  public synchronized void forget(String tenant) {
    heads
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getKey().tenant().equals(tenant);
              floats -= gone ? size(entry.getValue()) : 0;
              return gone;
            });
  }

  private static long size(AdaptedHead head) {
    return 2L * head.adapted().labels() * (head.adapted().dimension() + 1);
  }
}
