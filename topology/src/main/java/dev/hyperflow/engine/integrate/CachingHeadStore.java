package dev.hyperflow.engine.integrate;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.heap.RecentlyUsed;
import dev.hyperflow.models.Head;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Keeps the heads used last, and those of pinned tenants, decoded on the heap. */
public final class CachingHeadStore implements HeadStore {
  private static final long HEAD_BYTES = 300;
  private static final long LABEL_BYTES = 64;

  private record Key(String tenant, String bundleId) {}

  private final HeadStore behind;
  private final Predicate<String> isPinned;
  private final RecentlyUsed<Key, AdaptedHead> recent;
  private final Map<Key, AdaptedHead> pinned = new HashMap<>();
  private final Set<String> cachedBundles = new HashSet<>();

  /**
   * A cache in front of {@code behind}.
   *
   * @param limit most bytes of heads kept on the heap besides the pinned ones
   * @param isPinned whether a tenant's heads stay, however long they are not used
   */
  public CachingHeadStore(HeadStore behind, LongSupplier limit, Predicate<String> isPinned) {
    this.behind = behind;
    this.isPinned = isPinned;
    this.recent = new RecentlyUsed<>(limit, CachingHeadStore::bytes);
  }

  /** An estimate: two matrices, a few objects, and the labels' characters. */
  private static long bytes(AdaptedHead head) {
    Head matrix = head.adapted();
    long bytes = HEAD_BYTES + 2L * Float.BYTES * matrix.labels() * (matrix.dimension() + 1L);
    for (String label : head.labels()) {
      bytes += LABEL_BYTES + 2L * label.length();
    }
    return bytes;
  }

  @Override
  public Optional<AdaptedHead> get(String tenant, String bundleId) {
    Key key = new Key(tenant, bundleId);
    AdaptedHead head = recent.get(key);
    if (head == null && !pinned.isEmpty()) {
      head = pinned.get(key);
    }
    if (head != null) {
      return Optional.of(head);
    }
    Optional<AdaptedHead> found = behind.get(tenant, bundleId);
    found.ifPresent(loaded -> cache(key, loaded));
    return found;
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    cache(new Key(tenant, head.bundleId()), head);
    behind.put(tenant, head);
  }

  @Override
  public void remove(String tenant, String bundleId) {
    Key key = new Key(tenant, bundleId);
    recent.remove(key);
    pinned.remove(key);
    behind.remove(tenant, bundleId);
  }

  @Override
  public void retain(String tenant, Set<String> bundleIds) {
    for (String bundleId : cachedBundles) {
      if (!bundleIds.contains(bundleId)) {
        Key key = new Key(tenant, bundleId);
        recent.remove(key);
        pinned.remove(key);
      }
    }
    behind.retain(tenant, bundleIds);
  }

  /** Moves a head to where its tenant's settings want it now. */
  private void cache(Key key, AdaptedHead head) {
    cachedBundles.add(key.bundleId());
    boolean stays = isPinned.test(key.tenant());
    if (stays) {
      recent.remove(key);
      pinned.put(key, head);
    } else {
      pinned.remove(key);
      recent.put(key, head);
    }
  }
}
