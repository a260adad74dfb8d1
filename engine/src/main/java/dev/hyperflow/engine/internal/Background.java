package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.integrate.HeadReference;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.Integrated;
import dev.hyperflow.engine.internal.integrate.StaleTenants;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import java.util.List;
import java.util.Optional;

/**
 * Integrates heads that no query waits for, a few per tick. For one thread.
 *
 * <p>First those that are stale in {@code latest} mode, the most urgent first. Then a sweep over
 * all tenants, once after the start and once after each change of the models: it makes the heads
 * that are missing and drops those of models that are gone.
 */
final class Background {
  /** Tenants that a tick looks at, for each head that it may integrate. */
  private static final int VISITS_PER_HEAD = 32;

  /** Texts that a tick encodes for another encoder, for each head that it may integrate. */
  private static final int TEXTS_PER_HEAD = 8;

  private final SupportMemory memory;
  private final Lanes lanes;
  private final Moves moves;
  private final StaleTenants stale;
  private final HeadStore heads;
  private Optional<String> cursor = Optional.empty();
  private boolean sweeping = true;
  private long visited;

  Background(SupportMemory memory, Lanes lanes, Moves moves, StaleTenants stale, HeadStore heads) {
    this.memory = memory;
    this.lanes = lanes;
    this.moves = moves;
    this.stale = stale;
    this.heads = heads;
  }

  /** Begins to visit all tenants, or begins anew. */
  void sweep() {
    cursor = Optional.empty();
    sweeping = true;
    visited = 0;
  }

  /** Does the work of a tick, in which so many stale heads may be integrated. */
  void tick(int headsPerTick, Turn turn) {
    int left = headsPerTick + 1; // one for the sweep, however many are stale
    for (String tenant : stale.take(headsPerTick)) {
      left -= plan(tenant, lanes.of(tenant), turn) ? 1 : 0;
    }
    if (!sweeping) {
      lanes.integrate(turn);
      return;
    }
    List<String> tenants = memory.tenants(cursor, VISITS_PER_HEAD * headsPerTick);
    int seen = 0;
    int texts = TEXTS_PER_HEAD * headsPerTick;
    while (seen < tenants.size() && left > 0) {
      String tenant = tenants.get(seen);
      texts -= moves.prepare(tenant, lanes.ahead(), texts);
      if (texts == 0) {
        break; // the next tick goes on with this tenant
      }
      seen++;
      heads.retain(tenant, lanes.bundleIds());
      if (plan(tenant, lanes.ahead(), turn)) {
        left--;
      } else if (lanes.isRollingOut()) {
        report(tenant, turn);
      }
    }
    lanes.integrate(turn);
    tenants.subList(0, seen).forEach(lanes::reached);
    visited += seen;
    if (seen > 0) {
      cursor = Optional.of(tenants.get(seen - 1));
    }
    if (tenants.isEmpty()) {
      sweeping = false;
      lanes.completed();
    }
  }

  EngineProgress progress() {
    return new EngineProgress(stale.size(), sweeping, visited);
  }

  /** A head that was made in shadow, and of which nobody heard, is now the tenant's. */
  private void report(String tenant, Turn turn) {
    TenantMeta meta = memory.meta(tenant);
    lanes
        .ahead()
        .heads()
        .current(tenant, meta)
        .map(HeadReference::resolve)
        .filter(Integrated.Done.class::isInstance)
        .map(Integrated.Done.class::cast)
        .ifPresent(
            done ->
                turn.out(
                    new Output.HeadAdapted(
                        Output.NO_EVENT,
                        tenant,
                        meta.facts().clock().timeMillis(),
                        done.head(),
                        done.safeguarded())));
  }

  private boolean plan(String tenant, Lane lane, Turn turn) {
    if (!lanes.isShadow(lane)) {
      Optional<Rejection> refusal = moves.bring(tenant, lane);
      if (refusal.isPresent()) {
        turn.out(new Output.BackgroundFailed(Output.NO_EVENT, tenant, refusal.get()));
        return false;
      }
    }
    TenantMeta meta = memory.meta(tenant);
    if (meta.examples() == 0 || lane.heads().current(tenant, meta).isPresent()) {
      return false;
    }
    lane.heads().plan(Output.NO_EVENT, tenant);
    return true;
  }
}
