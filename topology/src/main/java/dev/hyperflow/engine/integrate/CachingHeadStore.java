package dev.hyperflow.engine.integrate;

import dev.hyperflow.engine.event.AdaptedHead;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps the heads used last, and those of pinned tenants, decoded on the heap. */
public final class CachingHeadStore implements HeadStore {
  private record Key(String tenant, String bundleId) {}

  private final HeadStore behind;
  private final Predicate<String> isPinned;
  private final Map<Key, AdaptedHead> recent;
  private final Map<Key, AdaptedHead> pinned = new HashMap<>();
  private final Set<String> cachedBundles = new HashSet<>();

  /**
   * A cache in front of {@code behind}.
   *
   * @param heads most heads kept on the heap besides the pinned ones, at least 1
   * @param isPinned whether a tenant's heads stay, however long they are not used
   */
  public CachingHeadStore(HeadStore behind, int heads, Predicate<String> isPinned) {
    if (heads < 1) {
      throw new IllegalArgumentException("heads: expected at least 1, found " + heads);
    }
    this.behind = behind;
    this.isPinned = isPinned;
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, AdaptedHead> eldest) {
            return size() > heads;
          }
        };
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
    (stays ? recent : pinned).remove(key);
    (stays ? pinned : recent).put(key, head);
  }
}
