package dev.hyperflow.engine.internal.integrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tenants whose head is older than their support set and is to be integrated in the background,
 * oldest and busiest first. For one thread.
 */
public final class StaleTenants {
  // Urgency is age in ticks times the queries answered meanwhile. It lives on the heap: after a
  // restart no head is there, so that every tenant's first query has it integrated anyway.

  private static final class Staleness {
    final String tenant;
    final long since;
    long queries;

    Staleness(String tenant, long since) {
      this.tenant = tenant;
      this.since = since;
    }
  }

  private final Map<String, Staleness> stale = new HashMap<>();
  private long now;

  /** Marks a tenant whose support set has changed; a mark that is there keeps its age. */
  public void changed(String tenant) {
    stale.computeIfAbsent(tenant, name -> new Staleness(name, now));
  }

  /** A query was answered with a head that is older than the support set. */
  public void answered(String tenant) {
    stale.computeIfAbsent(tenant, name -> new Staleness(name, now)).queries++;
  }

  /** The tenant's head is current, or the tenant is gone. */
  public void settled(String tenant) {
    stale.remove(tenant);
  }

  /** The number of tenants whose head is to be integrated. */
  public int size() {
    return stale.size();
  }

  /** Takes out at most {@code most} tenants, the most urgent first. Each call is one tick. */
  public List<String> take(int most) {
    now++;
    if (stale.isEmpty()) {
      return List.of();
    }
    List<Staleness> all = new ArrayList<>(stale.values());
    all.sort(
        Comparator.comparingLong((Staleness s) -> -(now - s.since) * (1 + s.queries))
            .thenComparing(s -> s.tenant));
    List<String> taken = all.stream().limit(most).map(s -> s.tenant).toList();
    taken.forEach(stale::remove);
    return taken;
  }
}
