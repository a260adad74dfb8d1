package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The heads of all tenants on the heap, unbounded. For one thread. */
public final class InMemoryHeadStore implements HeadStore {
  private final Map<String, Map<String, AdaptedHead>> heads = new HashMap<>(); // tenant, bundle

  @Override
  public Optional<KeptHead> get(String tenant, String bundleId) {
    return head(tenant, bundleId).map(KeptHead::new);
  }

  /** The head itself, for those who want no {@link KeptHead}. */
  public Optional<AdaptedHead> head(String tenant, String bundleId) {
    return Optional.ofNullable(heads.getOrDefault(tenant, Map.of()).get(bundleId));
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    heads.computeIfAbsent(tenant, name -> new HashMap<>()).put(head.bundleId(), head);
  }

  @Override
  public void remove(String tenant, String bundleId) {
    heads.computeIfPresent(
        tenant,
        (name, own) -> {
          own.remove(bundleId);
          return own.isEmpty() ? null : own;
        });
  }

  @Override
  public void retain(String tenant, Set<String> bundleIds) {
    heads.computeIfPresent(
        tenant,
        (name, own) -> {
          own.keySet().retainAll(bundleIds);
          return own.isEmpty() ? null : own;
        });
  }

  /** Loses all heads, as a restart may. */
  public void clear() {
    heads.clear();
  }

  /** The number of heads of all tenants and bundles. */
  public int size() {
    return heads.values().stream().mapToInt(Map::size).sum();
  }
}
