package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.Integrated;
import dev.hyperflow.engine.internal.integrate.PlannedHead;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The model that serves, and the one that may come after it. For one thread.
 *
 * <p>A candidate in shadow answers beside the serving model, and nobody sees its answers but the
 * metrics. A candidate that rolls out takes over tenant by tenant, in the order of their names, as
 * their heads are integrated in the background; when all are done it is the serving model.
 */
final class Lanes {
  private final HeadStore heads;
  private Lane serving;
  private Lane candidate;
  private boolean rollsOut;
  private byte[] reached = {};

  Lanes(Lane serving, HeadStore heads) {
    this.serving = serving;
    this.heads = heads;
  }

  /** The lane that answers the tenant's queries. */
  Lane of(String tenant) {
    return hasMoved(tenant) ? candidate : serving;
  }

  /** Whether the candidate has taken over for the tenant. */
  private boolean hasMoved(String tenant) {
    return rollsOut && Arrays.compareUnsigned(utf8(tenant), reached) <= 0;
  }

  /** The lane that answers in shadow. */
  Optional<Lane> shadow() {
    return rollsOut ? Optional.empty() : Optional.ofNullable(candidate);
  }

  /** Whether a lane answers in shadow. */
  boolean isShadow(Lane lane) {
    return lane.equals(candidate) && !rollsOut;
  }

  /** The lane whose heads are integrated in the background. */
  Lane ahead() {
    return candidate == null ? serving : candidate;
  }

  Lane serving() {
    return serving;
  }

  Optional<Lane> candidate() {
    return Optional.ofNullable(candidate);
  }

  boolean isRollingOut() {
    return rollsOut;
  }

  /** Has a lane answer in shadow. */
  void shadowWith(Lane lane) {
    candidate = lane;
    rollsOut = false;
  }

  /** Has the candidate take over, tenant by tenant. */
  void rollOut(Lane lane) {
    candidate = lane;
    rollsOut = true;
    reached = new byte[0];
  }

  /** The candidate's heads are there for all tenants up to this one. */
  void reached(String tenant) {
    if (rollsOut) {
      reached = utf8(tenant);
      serving.heads().forget(tenant);
    }
  }

  /** Which bundle answers whom, now. */
  Serving now() {
    return new Serving(
        serving.model().bundleId(),
        candidate().map(lane -> lane.model().bundleId()),
        rollsOut,
        reached);
  }

  /** The models in use. */
  Set<String> bundleIds() {
    Set<String> ids = new HashSet<>();
    ids.add(serving.model().bundleId());
    candidate().ifPresent(lane -> ids.add(lane.model().bundleId()));
    return ids;
  }

  /** The candidate's heads are there for all tenants. */
  void completed() {
    if (rollsOut) {
      serving = candidate;
      dropCandidate();
    }
  }

  void dropCandidate() {
    candidate = null;
    rollsOut = false;
  }

  /** Drops the tenant's heads of all models, also of those that are gone. */
  void forget(String tenant) {
    serving.heads().forget(tenant);
    if (candidate != null) {
      candidate.heads().forget(tenant);
    }
    heads.retain(tenant, Set.of());
  }

  /** Features of all planned support sets together. */
  long plannedFloats() {
    return serving.heads().floats() + (candidate == null ? 0 : candidate.heads().floats());
  }

  /** Integrates all that is planned and reports it, then does what waited for it. */
  void integrate(Turn turn) {
    for (PlannedHead plan : serving.heads().integrate()) {
      report(plan, turn, !hasMoved(plan.tenant()));
    }
    if (candidate != null) {
      for (PlannedHead plan : candidate.heads().integrate()) {
        report(plan, turn, rollsOut);
      }
    }
    turn.integrated();
  }

  /** A head of the shadow is nobody's business. */
  private static void report(PlannedHead plan, Turn turn, boolean isServed) {
    Integrated outcome = plan.resolve();
    if (isServed && outcome instanceof Integrated.Done done) {
      turn.out(
          new Output.HeadAdapted(
              plan.index(), plan.tenant(), plan.timeMillis(), done.head(), done.safeguarded()));
    } else if (plan.index() == Output.NO_EVENT && outcome instanceof Integrated.Failed failed) {
      turn.out(new Output.BackgroundFailed(plan.index(), plan.tenant(), failed.rejection()));
    }
  }

  private static byte[] utf8(String tenant) {
    return tenant.getBytes(StandardCharsets.UTF_8);
  }
}
