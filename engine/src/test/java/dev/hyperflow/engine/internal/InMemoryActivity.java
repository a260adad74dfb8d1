package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.integrate.BudgetStore;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.QualityStore;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Budgets and live quality on the heap. */
final class InMemoryActivity implements BudgetStore, QualityStore {
  private final Map<String, IntegrationBudget> budgets = new HashMap<>();
  private final Map<String, TenantQuality> quality = new HashMap<>();

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
  public void removeActivity(String tenant) {
    budgets.remove(tenant);
    quality.remove(tenant);
  }

  /** Everything kept, for comparison. */
  Map<String, Object> content() {
    Map<String, Object> all = new HashMap<>();
    budgets.forEach((tenant, budget) -> all.put("b" + tenant, budget));
    quality.forEach((tenant, value) -> all.put("q" + tenant, value));
    return all;
  }
}
