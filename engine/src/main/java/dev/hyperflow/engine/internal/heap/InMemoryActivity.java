package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.early.EarlyEvents;
import dev.hyperflow.engine.internal.early.EarlyStore;
import dev.hyperflow.engine.internal.integrate.BudgetStore;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.QualityStore;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Budgets, live quality and early events of all tenants on the heap. For one thread. */
public final class InMemoryActivity implements BudgetStore, QualityStore, EarlyStore {
  private final Map<String, IntegrationBudget> budgets = new HashMap<>();
  private final Map<String, TenantQuality> quality = new HashMap<>();
  private final Map<String, EarlyEvents> early = new HashMap<>();

  @Override
  public Optional<IntegrationBudget> budget(String tenant) {
    return Optional.ofNullable(budgets.get(tenant));
  }

  @Override
  public void putBudget(String tenant, IntegrationBudget budget) {
    budgets.put(tenant, budget);
  }

  @Override
  public Optional<TenantQuality> quality(String tenant) {
    return Optional.ofNullable(quality.get(tenant));
  }

  @Override
  public void putQuality(String tenant, TenantQuality newQuality) {
    quality.put(tenant, newQuality);
  }

  @Override
  public EarlyEvents early(String tenant) {
    return early.getOrDefault(tenant, EarlyEvents.NONE);
  }

  @Override
  public void putEarly(String tenant, EarlyEvents events) {
    if (events.isEmpty()) {
      early.remove(tenant);
    } else {
      early.put(tenant, events);
    }
  }

  @Override
  public void removeActivity(String tenant) {
    early.remove(tenant);
    budgets.remove(tenant);
    quality.remove(tenant);
  }

  /** A copy that goes its own way from here. */
  public InMemoryActivity copy() {
    InMemoryActivity copy = new InMemoryActivity();
    copy.budgets.putAll(budgets);
    copy.quality.putAll(quality);
    copy.early.putAll(early);
    return copy;
  }

  /** A copy of what is kept, for comparison. */
  public Map<String, Object> content() {
    Map<String, Object> all = new HashMap<>();
    budgets.forEach((tenant, budget) -> all.put("b" + tenant, budget));
    quality.forEach((tenant, value) -> all.put("q" + tenant, value));
    early.forEach((tenant, value) -> all.put("e" + tenant, value));
    return all;
  }
}
