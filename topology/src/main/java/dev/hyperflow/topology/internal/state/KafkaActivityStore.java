package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.early.EarlyEvents;
import dev.hyperflow.engine.internal.early.EarlyStore;
import dev.hyperflow.engine.internal.integrate.BudgetStore;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.QualityStore;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a tenant did and how well it was served, in one store. Used by its task's stream thread
 * only.
 *
 * <pre>
 * key
 *   tenant prefix, see TenantKey | uint8 kind: 0 integration budget, 1 live quality,
 *   2 early events
 * </pre>
 */
final class KafkaActivityStore implements BudgetStore, QualityStore, EarlyStore {
  private static final byte BUDGET = 0;
  private static final byte QUALITY = 1;
  private static final byte EARLY = 2;

  private final KeyValueStore<Bytes, byte[]> activity;

  KafkaActivityStore(KeyValueStore<Bytes, byte[]> activity) {
    this.activity = activity;
  }

  @Override
  public Optional<IntegrationBudget> budget(String tenant) {
    return Optional.ofNullable(activity.get(key(tenant, BUDGET))).map(BudgetLayout::budget);
  }

  @Override
  public void putBudget(String tenant, IntegrationBudget budget) {
    activity.put(key(tenant, BUDGET), BudgetLayout.value(budget));
  }

  @Override
  public Optional<TenantQuality> quality(String tenant) {
    return Optional.ofNullable(activity.get(key(tenant, QUALITY))).map(QualityLayout::quality);
  }

  @Override
  public void putQuality(String tenant, TenantQuality quality) {
    activity.put(key(tenant, QUALITY), QualityLayout.value(quality));
  }

  @Override
  public EarlyEvents early(String tenant) {
    byte[] value = activity.get(key(tenant, EARLY));
    return value == null ? EarlyEvents.NONE : EarlyEventsLayout.events(tenant, value);
  }

  @Override
  public void putEarly(String tenant, EarlyEvents events) {
    activity.put(key(tenant, EARLY), events.isEmpty() ? null : EarlyEventsLayout.value(events));
  }

  @Override
  public void removeActivity(String tenant) {
    Prefixes.removeAll(activity, tenant);
  }

  /** Where a tenant's live quality is. */
  static Bytes qualityKey(String tenant) {
    return key(tenant, QUALITY);
  }

  private static Bytes key(String tenant, byte kind) {
    return Bytes.wrap(TenantKey.with(tenant, new byte[] {kind}));
  }
}
