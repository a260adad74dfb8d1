package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Engine;
import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.Serving;
import java.util.Optional;
import java.util.Set;

/**
 * One task's part in the rollouts of its instance: a bundle stays open for as long as a task may
 * use it. For the task's thread.
 */
public final class RolloutTask implements AutoCloseable {
  private static final long NONE = -1;

  private final BundleRollout rollout;
  private final String id;
  private final AdaptationModel model;
  private long followed = NONE;
  private Set<String> inUse;
  private volatile Serving serving;
  private volatile EngineProgress progress = new EngineProgress(0, true, 0);

  RolloutTask(BundleRollout rollout, String id, RolloutPlan plan) {
    this.rollout = rollout;
    this.id = id;
    this.model = plan.serving();
    this.inUse = plan.bundleIds();
  }

  /** The model that the task's engine begins with. */
  public AdaptationModel model() {
    return model;
  }

  /**
   * Makes the engine follow the current plan, and notes which bundles the engine uses. Call it
   * before each list of events and after each tick.
   */
  public void follow(Engine engine) {
    RolloutPlan plan = rollout.plan();
    boolean isNew = plan.version() != followed;
    if (isNew) {
      plan.applyTo(engine);
    }
    serving = engine.serving();
    progress = engine.progress();
    Set<String> uses = engine.bundlesInUse();
    if (isNew || !uses.equals(inUse)) {
      rollout.report(this, plan.version(), uses);
    }
  }

  /** Notes what the engine does; the rollout's lock is held. */
  void note(long version, Set<String> uses) {
    followed = version;
    inUse = Set.copyOf(uses);
  }

  /** Whether the engine has come to what the plan asks for; the rollout's lock is held. */
  boolean hasReached(RolloutPlan plan) {
    return followed == plan.version() && plan.bundleIds().containsAll(inUse);
  }

  String id() {
    return id;
  }

  /** Which bundle answers whom, as of the last list; for any thread. */
  Optional<Serving> serving() {
    return Optional.ofNullable(serving);
  }

  /** The background work for a plan, as of the last list or tick; the rollout's lock is held. */
  EngineProgress progress(RolloutPlan plan) {
    EngineProgress last = progress;
    return followed == plan.version() ? last : new EngineProgress(last.staleTenants(), true, 0);
  }

  /** The task uses no bundle any more. */
  @Override
  public void close() {
    rollout.leave(this);
  }
}
