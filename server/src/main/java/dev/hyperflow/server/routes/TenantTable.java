package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.topology.internal.view.InstanceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The tenants of this instance, read anew when they are asked for and old. Thread-safe. */
final class TenantTable {
  // Reading all tenants takes about a microsecond each and more. It is done at most as often as
  // leaves it a twentieth of one core's time.

  private static final long MIN_NANOS = 1_000_000_000L;
  private static final long IDLE_FOR_EACH_BUSY = 20;

  private final Consumer<InstanceView.TenantVisitor> tenants;
  private final LongSupplier nanoTime;
  private List<Entry> entries = List.of();
  private long nextNanos;

  TenantTable(Instance instance) {
    this(visitor -> instance.view().forEachTenant(visitor), System::nanoTime);
  }

  TenantTable(Consumer<InstanceView.TenantVisitor> tenants, LongSupplier nanoTime) {
    this.tenants = tenants;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong();
  }

  /** What a list shows of a tenant. */
  record Entry(String tenant, TenantMeta meta, Optional<TenantQuality> quality) {}

  /** All tenants, in no particular order. */
  synchronized List<Entry> entries() {
    long start = nanoTime.getAsLong();
    if (start - nextNanos < 0) {
      return entries;
    }
    List<Entry> read = new ArrayList<>(entries.size());
    tenants.accept((tenant, meta, quality) -> read.add(new Entry(tenant, meta, quality.get())));
    entries = List.copyOf(read);
    long took = nanoTime.getAsLong() - start;
    nextNanos = nanoTime.getAsLong() + Math.max(MIN_NANOS, IDLE_FOR_EACH_BUSY * took);
    return entries;
  }
}
