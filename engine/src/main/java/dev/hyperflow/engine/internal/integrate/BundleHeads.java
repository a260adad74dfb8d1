package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The heads of one bundle: finds those that are current, plans those that are not, and integrates
 * all that is planned in one call. One caller at a time.
 */
public final class BundleHeads {
  // A planned head is a snapshot of the support set, so that later events of the same list do not
  // reach it. Snapshots are what a list costs in memory: floats() tells, and the engine integrates
  // what is planned before it becomes too much.
  //
  // The store of heads is not logged: one that a task finds when it comes back to an instance may
  // hold what was removed meanwhile elsewhere. So a head is a tenant's last one only when this
  // class
  // has integrated it, or has seen it to be current; a name per tenant is what that costs.

  private final String bundleId;
  private final HeadIntegrator integrator;
  private final HeadStore store;
  private final SupportMemory memory;
  private final SupportSets sets;
  private final List<PlannedHead> planned = new ArrayList<>();
  private final Map<String, PlannedHead> latest = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private long floats;

  /**
   * The heads of one bundle.
   *
   * @param bundleId the bundle
   * @param integrator makes its heads
   * @param store keeps them
   * @param memory holds the support sets
   * @param sets gives them the form that the integrator takes
   */
  public BundleHeads(
      String bundleId,
      HeadIntegrator integrator,
      HeadStore store,
      SupportMemory memory,
      SupportSets sets) {
    this.bundleId = bundleId;
    this.integrator = integrator;
    this.store = store;
    this.memory = memory;
    this.sets = sets;
  }

  /** The head of the tenant's support set as it is now, if it is there or planned. */
  public Optional<HeadReference> current(String tenant, TenantMeta meta) {
    PlannedHead plan = latest.get(tenant);
    if (plan != null) {
      return plan.examples().meta().fingerprint().equals(meta.fingerprint())
          ? Optional.of(plan)
          : Optional.empty();
    }
    Optional<KeptHead> kept =
        store
            .get(tenant, bundleId)
            .filter(head -> head.head().fingerprint().equals(meta.fingerprint()));
    if (kept.isPresent() && !kept.get().isKnown()) {
      kept.get().setKnown();
      known.add(tenant);
    }
    return kept.map(HeadReference.class::cast);
  }

  /** The tenant's last head, whatever support set it is of. */
  public Optional<HeadReference> last(String tenant) {
    PlannedHead plan = latest.get(tenant);
    if (plan != null) {
      return Optional.of(plan);
    }
    return known.contains(tenant)
        ? store.get(tenant, bundleId).map(HeadReference.class::cast)
        : Optional.empty();
  }

  /** Plans the head of the tenant's support set as it is now. */
  public HeadReference plan(int index, String tenant) {
    LabelledExamples examples = memory.examples(tenant);
    Optional<SupportSet> set = sets.of(examples);
    PlannedHead plan = new PlannedHead(index, tenant, examples, set.orElse(null));
    planned.add(plan);
    latest.put(tenant, plan);
    set.ifPresentOrElse(
        present -> floats += (long) present.examples() * present.dimension(),
        () ->
            plan.done(failed(examples, "expected the texts of all examples, found some missing")));
    return plan;
  }

  /** Features of all planned support sets together. */
  public long floats() {
    return floats;
  }

  /** Integrates what is planned, in the order of planning; the plans are resolved then. */
  public List<PlannedHead> integrate() {
    if (planned.isEmpty()) {
      return List.of();
    }
    List<PlannedHead> done = List.copyOf(planned);
    integrate(done.stream().filter(plan -> !plan.isDone()).toList());
    done.stream().filter(PlannedHead::isKept).forEach(plan -> known.add(plan.tenant()));
    planned.clear();
    latest.clear();
    floats = 0;
    return done;
  }

  /** Drops the tenant's head, which may hold what is to be forgotten. */
  public void forget(String tenant) {
    PlannedHead plan = latest.remove(tenant);
    if (plan != null) {
      planned.stream().filter(p -> p.tenant().equals(tenant)).forEach(PlannedHead::dropWhenDone);
    }
    known.remove(tenant);
    store.remove(tenant, bundleId);
  }

  /** Integrates plans and keeps their heads; of several of a tenant, the last one stays. */
  private void integrate(List<PlannedHead> plans) {
    if (plans.isEmpty()) {
      return;
    }
    try {
      List<Integration> integrations =
          integrator.integrate(plans.stream().map(PlannedHead::supportSet).toList());
      for (int i = 0; i < plans.size(); i++) {
        done(plans.get(i), integrations.get(i));
      }
    } catch (ModelException | IllegalArgumentException e) {
      if (plans.size() == 1) {
        plans
            .get(0)
            .done(failed(plans.get(0).examples(), "the integration failed: " + e.getMessage()));
        return;
      }
      // One of them is at fault: halve until it stands alone.
      int middle = plans.size() / 2;
      integrate(plans.subList(0, middle));
      integrate(plans.subList(middle, plans.size()));
    }
  }

  private void done(PlannedHead plan, Integration integration) {
    LabelledExamples examples = plan.examples();
    AdaptedHead head =
        new AdaptedHead(
            bundleId,
            examples.meta().fingerprint(),
            examples.entries().size(),
            examples.labels(),
            integration.initial(),
            integration.adapted());
    if (plan.isKept()) {
      store.put(plan.tenant(), head);
    }
    plan.done(new Integrated.Done(head, integration.safeguarded()));
  }

  private static Integrated failed(LabelledExamples examples, String why) {
    return new Integrated.Failed(
        new Rejection(
            Stage.INTEGRATE,
            Reason.INTEGRATION_FAILED,
            "head of %d labels and %d examples: %s"
                .formatted(examples.labels().size(), examples.entries().size(), why)));
  }
}
