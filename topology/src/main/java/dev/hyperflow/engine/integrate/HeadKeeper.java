package dev.hyperflow.engine.integrate;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.Reason;
import dev.hyperflow.engine.event.Rejection;
import dev.hyperflow.engine.event.Stage;
import dev.hyperflow.engine.remember.LabelledExamples;
import dev.hyperflow.engine.remember.SupportMemory;
import dev.hyperflow.engine.remember.TenantMeta;
import dev.hyperflow.models.HeadIntegrator;
import dev.hyperflow.models.Integration;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.SupportSet;
import java.util.List;
import java.util.Optional;

/** Gives a tenant's current head, integrating it when it is stale. One caller at a time. */
public final class HeadKeeper {
  private final String bundleId;
  private final HeadIntegrator integrator;
  private final SupportMemory memory;
  private final HeadStore heads;

  public HeadKeeper(
      String bundleId, HeadIntegrator integrator, SupportMemory memory, HeadStore heads) {
    this.bundleId = bundleId;
    this.integrator = integrator;
    this.memory = memory;
    this.heads = heads;
  }

  /** The kept head, when it is that of the bundle and of the tenant's support set as it is now. */
  public Optional<AdaptedHead> current(String tenant, TenantMeta meta) {
    return heads
        .get(tenant)
        .filter(head -> head.bundleId().equals(bundleId))
        .filter(head -> head.fingerprint().equals(meta.fingerprint()));
  }

  /**
   * Integrates the tenant's head from its support set and keeps it.
   *
   * @return the head, or why the integrator failed
   */
  public Integrated integrate(String tenant) {
    LabelledExamples examples = memory.examples(tenant);
    Integration integration;
    try {
      integration = integrator.integrate(List.of(supportSet(examples))).get(0);
    } catch (ModelException | IllegalArgumentException e) {
      return new Integrated.Failed(
          new Rejection(
              Stage.INTEGRATE,
              Reason.INTEGRATION_FAILED,
              "head of %d labels and %d examples: the integration failed: %s"
                  .formatted(examples.labels().size(), examples.entries().size(), e.getMessage())));
    }
    AdaptedHead head =
        new AdaptedHead(
            bundleId,
            examples.meta().fingerprint(),
            examples.entries().size(),
            examples.labels(),
            integration.initial(),
            integration.adapted());
    heads.put(tenant, head);
    return new Integrated.Done(head, integration.safeguarded());
  }

  /** Drops the tenant's head, which may hold what is to be forgotten. */
  public void forget(String tenant) {
    heads.remove(tenant);
  }

  private static SupportSet supportSet(LabelledExamples examples) {
    SupportSet.Builder builder =
        SupportSet.builder(examples.meta().dimension(), examples.labels().size());
    for (LabelledExamples.Entry entry : examples.entries()) {
      builder.add(entry.row(), entry.example().weight(), entry.example().features().toArray());
    }
    return builder.build();
  }
}
