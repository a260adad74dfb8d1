package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.models.Head;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is kept decoded of the tenants that were used lately: the meta record and the heads, in one
 * entry. A query needs both, and with many tenants each search is one of the machine's memory. For
 * use by one thread.
 */
public final class TenantCache {
  private static final long META_BYTES = 400;
  private static final long RING_BYTES = 160;
  private static final long PLACE_BYTES = 20;
  private static final long HEAD_BYTES = 300;
  private static final long LABEL_BYTES = 64;

  private static final Tenant NOTHING = new Tenant(Optional.empty(), List.of());

  private final RecentlyUsed<String, Tenant> tenants;

  /**
   * An empty cache.
   *
   * @param limit most bytes kept on the heap; asked at every change
   */
  public TenantCache(LongSupplier limit) {
    this.tenants = new RecentlyUsed<>(limit, Tenant::bytes);
  }

  /** Stands in front of {@code behind}, through which all meta records must be written. */
  public TenantStore tenants(TenantStore behind) {
    return new CachingTenantStore(behind, this);
  }

  /**
   * Stands in front of {@code behind}, through which all heads must be written.
   *
   * @param isPinned whether a tenant's heads stay, however long they are not used; they do not
   *     count
   */
  public HeadStore heads(HeadStore behind, Predicate<String> isPinned) {
    return new CachingHeadStore(behind, this, isPinned);
  }

  Optional<TenantMeta> meta(String tenant) {
    return of(tenant).meta();
  }

  void putMeta(String tenant, TenantMeta meta) {
    tenants.put(tenant, new Tenant(Optional.of(meta), of(tenant).heads()));
  }

  Optional<KeptHead> head(String tenant, String bundleId) {
    for (KeptHead head : of(tenant).heads()) {
      if (head.head().bundleId().equals(bundleId)) {
        return Optional.of(head);
      }
    }
    return Optional.empty();
  }

  void putHead(String tenant, KeptHead head) {
    Tenant before = of(tenant);
    Stream<KeptHead> others =
        before.heads().stream()
            .filter(other -> !other.head().bundleId().equals(head.head().bundleId()));
    tenants.put(tenant, new Tenant(before.meta(), Stream.concat(others, Stream.of(head)).toList()));
  }

  void removeHeads(String tenant, Predicate<String> ofBundle) {
    Tenant before = of(tenant);
    List<KeptHead> left =
        before.heads().stream().filter(head -> !ofBundle.test(head.head().bundleId())).toList();
    if (left.size() < before.heads().size()) {
      tenants.put(tenant, new Tenant(before.meta(), left));
    }
  }

  void remove(String tenant) {
    tenants.remove(tenant);
  }

  private Tenant of(String tenant) {
    Tenant found = tenants.get(tenant);
    return found == null ? NOTHING : found;
  }

  /** What is kept of a tenant. */
  private record Tenant(Optional<TenantMeta> meta, List<KeptHead> heads) {

    /** An estimate. */
    long bytes() {
      return meta.map(Tenant::bytes).orElse(0L)
          + heads.stream().map(KeptHead::head).mapToLong(Tenant::bytes).sum();
    }

    /** A few objects of the record and of each label, and its characters. */
    private static long bytes(TenantMeta meta) {
      long bytes = META_BYTES;
      for (LabelRing ring : meta.rings()) {
        bytes += RING_BYTES + 2L * ring.label().length() + PLACE_BYTES * ring.places().size();
      }
      return bytes;
    }

    /** Two matrices, a few objects, and the labels' characters. */
    private static long bytes(AdaptedHead head) {
      Head matrix = head.adapted();
      long bytes = HEAD_BYTES + 2L * Float.BYTES * matrix.labels() * (matrix.dimension() + 1L);
      for (String label : head.labels()) {
        bytes += LABEL_BYTES + 2L * label.length();
      }
      return bytes;
    }
  }
}
