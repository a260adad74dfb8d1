package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import java.util.Optional;

/**
 * Heads that were integrated for readers beside the stream, the ones used last. Thread-safe.
 *
 * <p>A head is found by what it was made from, so it is never stale. What a tenant takes back has
 * to be {@linkplain #forget forgotten}.
 */
public final class HeadCache {
  private record Key(String tenant, String bundleId, Fingerprint fingerprint) {}

  private final BoundedMap<Key, AdaptedHead> heads;

  /**
   * An empty cache.
   *
   * @param mostFloats most weights of heads it holds, two matrices a head
   */
  public HeadCache(long mostFloats) {
    this.heads = BoundedMap.ofWeight(mostFloats, HeadCache::size);
  }

  Optional<AdaptedHead> find(String tenant, String bundleId, Fingerprint fingerprint) {
    return heads.find(new Key(tenant, bundleId, fingerprint));
  }

  void put(String tenant, AdaptedHead head) {
    heads.put(new Key(tenant, head.bundleId(), head.fingerprint()), head);
  }

  /** Drops all heads of a tenant. */
  public void forget(String tenant) {
    heads.removeIf(key -> key.tenant().equals(tenant));
  }

  private static long size(AdaptedHead head) {
    return 2L * head.adapted().labels() * (head.adapted().dimension() + 1);
  }
}
