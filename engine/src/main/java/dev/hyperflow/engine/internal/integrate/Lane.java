package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
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
public final class Lane {
  // A planned head is a snapshot of the support set, so that later events of the same list do not
  // reach it. Snapshots are what a list costs in memory: floats() tells, and the engine integrates
  // what is planned before it becomes too much.
  //
  // The store of heads is not logged: one that a task finds when it comes back to an instance may
  // hold what was removed meanwhile elsewhere. So a head is a tenant's last one only when this lane
  // has integrated it, or has seen it to be current; a name per tenant is what that costs.

  private final HeadKeeper heads;
  private final SupportMemory memory;
  private final List<PlannedHead> planned = new ArrayList<>();
  private final Map<String, PlannedHead> latest = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private long floats;

  public Lane(HeadKeeper heads, SupportMemory memory) {
    this.heads = heads;
    this.memory = memory;
  }

  /** The head of the tenant's support set as it is now, if it is there or planned. */
  public Optional<HeadReference> current(String tenant, TenantMeta meta) {
    PlannedHead plan = latest.get(tenant);
    if (plan != null) {
      return plan.examples().meta().fingerprint().equals(meta.fingerprint())
          ? Optional.of(plan)
          : Optional.empty();
    }
    Optional<KeptHead> kept = heads.current(tenant, meta);
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
        ? heads.last(tenant).map(HeadReference.class::cast)
        : Optional.empty();
  }

  /** Plans the head of the tenant's support set as it is now. */
  public HeadReference plan(int index, String tenant) {
    LabelledExamples examples = memory.examples(tenant);
    PlannedHead plan = new PlannedHead(index, tenant, examples);
    planned.add(plan);
    latest.put(tenant, plan);
    floats += (long) examples.entries().size() * examples.meta().dimension();
    return plan;
  }

  /** Features of all planned support sets together. */
  public long floats() {
    return floats;
  }

  /** Integrates what is planned, in the order of planning; the plans are resolved then. */
  public List<PlannedHead> integrate() {
    List<PlannedHead> done = List.copyOf(planned);
    heads.integrate(done);
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
    heads.forget(tenant);
  }
}
