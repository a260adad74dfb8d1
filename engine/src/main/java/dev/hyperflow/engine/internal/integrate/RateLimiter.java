package dev.hyperflow.engine.internal.integrate;

/**
 * Holds each tenant to a number of integrations per second of its own event time, so that one busy
 * tenant cannot take the time of all others in its partition. One caller at a time.
 */
public final class RateLimiter {
  private final BudgetStore budgets;
  private final double perSecond;

  /**
   * A limiter.
   *
   * @param perSecond integrations per second and tenant; 0 for no limit
   */
  public RateLimiter(BudgetStore budgets, double perSecond) {
    this.budgets = budgets;
    this.perSecond = perSecond;
  }

  /** Whether one more integration is within the tenant's limit. */
  public boolean allows(String tenant, long timeMillis) {
    return perSecond == 0 || budget(tenant, timeMillis).allows();
  }

  /** Takes one integration off the tenant's budget, whether it is allowed or not. */
  public void spend(String tenant, long timeMillis) {
    if (perSecond != 0) {
      budgets.putBudget(tenant, budget(tenant, timeMillis).spent());
    }
  }

  private IntegrationBudget budget(String tenant, long timeMillis) {
    return budgets
        .budget(tenant)
        .orElseGet(() -> IntegrationBudget.full(perSecond))
        .at(timeMillis, perSecond);
  }
}
