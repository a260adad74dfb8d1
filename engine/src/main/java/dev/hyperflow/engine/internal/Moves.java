package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.models.internal.TextRole;
import java.util.List;
import java.util.Optional;

/**
 * Has a tenant's memory follow its lane when that has another encoder. For one thread.
 *
 * <p>A tenant has features of one encoder at any time; its meta record names it.
 */
final class Moves {
  // Whoever needs a tenant's features for a lane brings the tenant there first: the sweep of a
  // rollout when it comes to the tenant, an event of the tenant after a restart or a rollback. So
  // no state of its own says how far a rollout is, and a restart goes on where the last commit was.

  private final SupportMemory memory;
  private final Lanes lanes;

  Moves(SupportMemory memory, Lanes lanes) {
    this.memory = memory;
    this.lanes = lanes;
  }

  /**
   * Encodes the tenant's examples anew, unless their features are the lane's. Heads of the old ones
   * go.
   *
   * @return why the tenant stays where it is, if it cannot follow
   */
  Optional<Rejection> bring(String tenant, Lane lane) {
    if (!isForeign(tenant, lane)) {
      return Optional.empty();
    }
    Optional<Rejection> refusal = memory.reencode(tenant, lane.space(), lane.texts()::ofExamples);
    if (refusal.isEmpty()) {
      lanes.forget(tenant);
    }
    return refusal;
  }

  /**
   * Encodes some of the tenant's texts, so that {@link #bring} has less to do.
   *
   * @param most maximum number of texts to encode
   * @return how many were encoded; {@code most} when some may be left
   */
  int prepare(String tenant, Lane lane, int most) {
    if (!isForeign(tenant, lane)) {
      return 0;
    }
    List<Optional<String>> texts =
        memory.examples(tenant).entries().stream()
            .map(entry -> entry.example())
            .map(Example::text)
            .toList();
    return texts.stream().allMatch(Optional::isPresent)
        ? lane.texts().prepare(texts.stream().map(Optional::get).toList(), TextRole.EXAMPLE, most)
        : 0;
  }

  boolean isForeign(String tenant, Lane lane) {
    TenantMeta meta = memory.meta(tenant);
    return SupportMemory.isForeign(meta, lane.space());
  }
}
