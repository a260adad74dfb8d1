package dev.hyperflow.topology.internal.metrics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tenants with the most recent events, in bounded memory. Thread-safe.
 *
 * @param <F> what is kept of a tenant for as long as it is among them
 */
final class BusiestTenants<F> {
  // Space-Saving (Metwally et al., 2005): a newcomer takes the place of the least busy and inherits
  // its count, so that one with more than 1/capacity of all events is never missed. Counts are
  // halved when they have grown large, or whoever was busy last month would be for ever.

  private static final long HALVE_AT = 1_000; // events per place, on average

  private final int capacity;
  private final Map<String, Tenant<F>> tenants = new HashMap<>();
  private long total;

  /**
   * A tenant.
   *
   * @param events recent events, never fewer than there were
   */
  record Busy<F>(String tenant, long events, Optional<F> figures) {}

  private static final class Tenant<F> {
    private long events;
    private F figures;
  }

  /** Counts the events of at most so many tenants; 0 for none. */
  BusiestTenants(int capacity) {
    this.capacity = capacity;
  }

  synchronized void event(String tenant) {
    if (capacity == 0) {
      return;
    }
    Tenant<F> found = tenants.get(tenant);
    if (found == null) {
      found = new Tenant<>();
      found.events = tenants.size() < capacity ? 0 : makeRoom();
      tenants.put(tenant, found);
    }
    found.events++;
    total++;
    if (total >= HALVE_AT * capacity) {
      halve();
    }
  }

  private long makeRoom() {
    Map.Entry<String, Tenant<F>> least =
        tenants.entrySet().stream()
            .min(Comparator.comparingLong(entry -> entry.getValue().events))
            .orElseThrow();
    tenants.remove(least.getKey());
    return least.getValue().events;
  }

  private void halve() {
    total = 0;
    for (Tenant<F> tenant : tenants.values()) {
      tenant.events /= 2;
      total += tenant.events;
    }
  }

  /** Keeps the figures of a tenant, if it is among them. */
  synchronized void keep(String tenant, F figures) {
    Tenant<F> found = tenants.get(tenant);
    if (found != null) {
      found.figures = figures;
    }
  }

  /** The busiest, the busiest first. */
  synchronized List<Busy<F>> busiest(int count) {
    return tenants.entrySet().stream()
        .map(
            entry ->
                new Busy<>(
                    entry.getKey(),
                    entry.getValue().events,
                    Optional.ofNullable(entry.getValue().figures)))
        .sorted(
            Comparator.comparingLong((Busy<F> busy) -> -busy.events()).thenComparing(Busy::tenant))
        .limit(count)
        .toList();
  }
}
