package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.Map;
import java.util.Optional;

/** What went wrong for whom since the start, in bounded memory. Thread-safe. */
public final class Troubles {
  static final int MAX_TENANTS = 2_000;

  private final BoundedMap<String, Refusals> refused = BoundedMap.ofEntries(MAX_TENANTS);
  private final BoundedMap<String, Unlabelled> unlabelled = BoundedMap.ofEntries(MAX_TENANTS);
  private final BoundedMap<String, Long> drifted = BoundedMap.ofEntries(MAX_TENANTS);
  private Optional<Refusals> all = Optional.empty();
  private Optional<Foreign> foreign = Optional.empty();

  Troubles() {}

  /**
   * Refused records.
   *
   * @param count how many
   * @param lastAt when the last one was refused, milliseconds since the epoch
   * @param reason why that one was
   * @param message the same in words
   */
  public record Refusals(long count, long lastAt, String reason, String message) {

    private static Refusals after(Optional<Refusals> before, Rejection last, long nowMillis) {
      return new Refusals(
          before.map(Refusals::count).orElse(0L) + 1,
          nowMillis,
          last.reason().name(),
          last.message());
    }
  }

  /**
   * Queries of a tenant without labels.
   *
   * @param queries how many were answered so since its last label
   * @param lastAt when the last one was, milliseconds since the epoch
   */
  public record Unlabelled(long queries, long lastAt) {}

  /**
   * Records in partitions that are not their key's.
   *
   * @param count how many
   * @param lastAt when the last one was read, milliseconds since the epoch
   * @param topic where the last one was
   */
  public record Foreign(long count, long lastAt, String topic) {}

  /** A record was read in a partition that is not its key's. */
  synchronized void foreign(SourceRecord record, long nowMillis) {
    foreign =
        Optional.of(
            new Foreign(foreign.map(Foreign::count).orElse(0L) + 1, nowMillis, record.topic()));
  }

  synchronized void refused(SourceRecord record, Rejection rejection, long nowMillis) {
    all = Optional.of(Refusals.after(all, rejection, nowMillis));
    TenantKeys.decode(record.tenantKey())
        .ifPresent(
            tenant ->
                refused.put(tenant, Refusals.after(refused.find(tenant), rejection, nowMillis)));
  }

  synchronized void askedWithoutLabels(String tenant, long nowMillis) {
    long before = unlabelled.find(tenant).map(Unlabelled::queries).orElse(0L);
    unlabelled.put(tenant, new Unlabelled(before + 1, nowMillis));
  }

  void labelled(String tenant) {
    unlabelled.remove(tenant);
  }

  synchronized void forget(String tenant) {
    refused.remove(tenant);
    unlabelled.remove(tenant);
    drifted.remove(tenant);
  }

  void drifted(String tenant, long nowMillis) {
    drifted.put(tenant, nowMillis);
  }

  /** When the tenant was seen to drift last, milliseconds since the epoch, if it was. */
  public Optional<Long> driftedAt(String tenant) {
    return drifted.find(tenant);
  }

  /**
   * All troubles of one moment.
   *
   * @param all refused records of all tenants and of none, if there are any
   * @param foreign records in partitions that are not their key's, if there are any
   * @param refused refused records by tenant
   * @param unlabelled tenants that were asked and have no labels
   * @param drifted when tenants were seen to drift last, milliseconds since the epoch
   */
  public record Now(
      Optional<Refusals> all,
      Optional<Foreign> foreign,
      Map<String, Refusals> refused,
      Map<String, Unlabelled> unlabelled,
      Map<String, Long> drifted) {}

  /** What is known now. */
  public synchronized Now now() {
    return new Now(all, foreign, refused.copy(), unlabelled.copy(), drifted.copy());
  }
}
