package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import java.util.List;
import java.util.Optional;

/** Keeps the heads that one bundle made, and makes them. One caller at a time. */
public final class HeadKeeper {
  private final String bundleId;
  private final HeadIntegrator integrator;
  private final HeadStore heads;

  public HeadKeeper(String bundleId, HeadIntegrator integrator, HeadStore heads) {
    this.bundleId = bundleId;
    this.integrator = integrator;
    this.heads = heads;
  }

  /** The kept head, whatever support set it is of. */
  Optional<KeptHead> last(String tenant) {
    return heads.get(tenant, bundleId);
  }

  /** The kept head, when it is that of the tenant's support set as it is now. */
  Optional<KeptHead> current(String tenant, TenantMeta meta) {
    return last(tenant).filter(kept -> kept.head().fingerprint().equals(meta.fingerprint()));
  }

  /** Drops the tenant's head. */
  void forget(String tenant) {
    heads.remove(tenant, bundleId);
  }

  /** Integrates all plans and keeps their heads; of several of a tenant, the last one stays. */
  void integrate(List<PlannedHead> plans) {
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
        plans.get(0).done(failed(plans.get(0).examples(), e));
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
      heads.put(plan.tenant(), head);
    }
    plan.done(new Integrated.Done(head, integration.safeguarded()));
  }

  private static Integrated failed(LabelledExamples examples, RuntimeException e) {
    return new Integrated.Failed(
        new Rejection(
            Stage.INTEGRATE,
            Reason.INTEGRATION_FAILED,
            "head of %d labels and %d examples: the integration failed: %s"
                .formatted(examples.labels().size(), examples.entries().size(), e.getMessage())));
  }
}
