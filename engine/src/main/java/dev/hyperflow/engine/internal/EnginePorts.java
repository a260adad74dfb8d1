package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.early.EarlyStore;
import dev.hyperflow.engine.internal.feedback.RecentQueryStore;
import dev.hyperflow.engine.internal.integrate.BudgetStore;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.quality.QualityStore;
import dev.hyperflow.engine.internal.remember.TenantStore;

/**
 * Where an engine keeps what it knows. All are used by the engine's caller only.
 *
 * @param tenants support sets
 * @param heads the cache of heads
 * @param queries queries whose true label may still come
 * @param budgets what tenants may still have integrated
 * @param quality tenants' live quality
 * @param early events that came before what they are about
 */
public record EnginePorts(
    TenantStore tenants,
    HeadStore heads,
    RecentQueryStore queries,
    BudgetStore budgets,
    QualityStore quality,
    EarlyStore early) {}
