package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds heads in a cache first, and keeps those of pinned tenants for good. */
final class CachingHeadStore implements HeadStore {
  private final HeadStore behind;
  private final TenantCache cache;
  private final Predicate<String> isPinned;
  private final Map<String, Map<String, KeptHead>> pinned = new HashMap<>(); // tenant, bundle

  CachingHeadStore(HeadStore behind, TenantCache cache, Predicate<String> isPinned) {
    this.behind = behind;
    this.cache = cache;
    this.isPinned = isPinned;
  }

  @Override
  public Optional<KeptHead> get(String tenant, String bundleId) {
    Optional<KeptHead> cached = cache.head(tenant, bundleId);
    if (cached.isEmpty() && !pinned.isEmpty()) {
      cached = Optional.ofNullable(pinned.getOrDefault(tenant, Map.of()).get(bundleId));
    }
    if (cached.isPresent()) {
      return cached;
    }
    Optional<KeptHead> stored = behind.get(tenant, bundleId);
    stored.ifPresent(head -> keep(tenant, head));
    return stored;
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    keep(tenant, new KeptHead(head));
    behind.put(tenant, head);
  }

  @Override
  public void remove(String tenant, String bundleId) {
    cache.removeHeads(tenant, bundleId::equals);
    unpin(tenant, bundleId::equals);
    behind.remove(tenant, bundleId);
  }

  @Override
  public void retain(String tenant, Set<String> bundleIds) {
    Predicate<String> isGone = bundleId -> !bundleIds.contains(bundleId);
    cache.removeHeads(tenant, isGone);
    unpin(tenant, isGone);
    behind.retain(tenant, bundleIds);
  }

  /** Moves a head to where its tenant's settings want it now. */
  private void keep(String tenant, KeptHead head) {
    String bundleId = head.head().bundleId();
    if (isPinned.test(tenant)) {
      cache.removeHeads(tenant, bundleId::equals);
      pinned.computeIfAbsent(tenant, name -> new HashMap<>()).put(bundleId, head);
    } else {
      unpin(tenant, bundleId::equals);
      cache.putHead(tenant, head);
    }
  }

  private void unpin(String tenant, Predicate<String> ofBundle) {
    pinned.computeIfPresent(
        tenant,
        (name, heads) -> {
          heads.keySet().removeIf(ofBundle);
          return heads.isEmpty() ? null : heads;
        });
  }
}
