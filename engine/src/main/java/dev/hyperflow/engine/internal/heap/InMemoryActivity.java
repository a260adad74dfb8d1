package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.integrate.BudgetStore;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.QualityStore;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The budgets and the live quality of all tenants on the heap, unbounded. For one thread. */
public final class InMemoryActivity implements BudgetStore, QualityStore {
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

  /** A copy of what is kept, for comparison. */
  public Map<String, Object> content() {
    Map<String, Object> all = new HashMap<>();
    budgets.forEach((tenant, budget) -> all.put("b" + tenant, budget));
    quality.forEach((tenant, value) -> all.put("q" + tenant, value));
    return all;
  }
}
