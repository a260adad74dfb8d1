package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Heads on the heap. */
final class InMemoryHeadStore implements HeadStore {
  private record Key(String tenant, String bundleId) {}

  private final Map<Key, AdaptedHead> heads = new HashMap<>();

  @Override
  public Optional<KeptHead> get(String tenant, String bundleId) {
    return head(tenant, bundleId).map(KeptHead::new);
  }

  /** What is stored. */
  Optional<AdaptedHead> head(String tenant, String bundleId) {
    return Optional.ofNullable(heads.get(new Key(tenant, bundleId)));
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    heads.put(new Key(tenant, head.bundleId()), head);
  }

  @Override
  public void remove(String tenant, String bundleId) {
    heads.remove(new Key(tenant, bundleId));
  }

  @Override
  public void retain(String tenant, Set<String> bundleIds) {
    heads
        .keySet()
        .removeIf(key -> key.tenant().equals(tenant) && !bundleIds.contains(key.bundleId()));
  }

  /** Loses all, as a restart may. */
  void clear() {
    heads.clear();
  }

  int size() {
    return heads.size();
  }
}
