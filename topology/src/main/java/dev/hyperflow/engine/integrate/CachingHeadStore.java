package dev.hyperflow.engine.integrate;

import dev.hyperflow.engine.event.AdaptedHead;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the heads used last decoded on the heap, in front of another store. */
public final class CachingHeadStore implements HeadStore {
  private final HeadStore behind;
  private final Map<String, AdaptedHead> recent;

  /**
   * A cache in front of {@code behind}.
   *
   * @param heads most heads kept on the heap, at least 1
   */
  public CachingHeadStore(HeadStore behind, int heads) {
    if (heads < 1) {
      throw new IllegalArgumentException("heads: expected at least 1, found " + heads);
    }
    this.behind = behind;
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, AdaptedHead> eldest) {
            return size() > heads;
          }
        };
  }

  @Override
  public Optional<AdaptedHead> get(String tenant) {
    AdaptedHead head = recent.get(tenant);
    if (head != null) {
      return Optional.of(head);
    }
    Optional<AdaptedHead> found = behind.get(tenant);
    found.ifPresent(loaded -> recent.put(tenant, loaded));
    return found;
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    recent.put(tenant, head);
    behind.put(tenant, head);
  }

  @Override
  public void remove(String tenant) {
    recent.remove(tenant);
    behind.remove(tenant);
  }
}
