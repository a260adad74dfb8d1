package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.server.instance.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tenants of this instance, read anew when they are asked for and old. Thread-safe. */
final class TenantTable {
  // Reading all tenants takes about a microsecond each and more. It is done at most as often as
  // leaves it a twentieth of one core's time.

  private static final long SHORTEST_NANOS = 1_000_000_000L;
  private static final long IDLE_FOR_EACH_BUSY = 20;

  private final Instance instance;
  private List<Entry> entries = List.of();
  private long nextNanos = System.nanoTime();

  TenantTable(Instance instance) {
    this.instance = instance;
  }

  /** A tenant. */
  record Entry(String tenant, TenantMeta meta, Optional<TenantQuality> quality) {

    /** Accuracy after adaptation; below all when nothing was tested. */
    double accuracy() {
      return quality.map(known -> known.after().value()).orElse(-1.0);
    }

    /** Labels that were tested. */
    long tested() {
      return quality.map(TenantQuality::observations).orElse(0L);
    }
  }

  /** All tenants, in no particular order. */
  synchronized List<Entry> entries() {
    long start = System.nanoTime();
    if (start - nextNanos < 0) {
      return entries;
    }
    List<Entry> read = new ArrayList<>(entries.size());
    instance
        .view()
        .forEachTenant((tenant, meta, quality) -> read.add(new Entry(tenant, meta, quality.get())));
    entries = List.copyOf(read);
    long took = System.nanoTime() - start;
    nextNanos = System.nanoTime() + Math.max(SHORTEST_NANOS, IDLE_FOR_EACH_BUSY * took);
    return entries;
  }
}
