package dev.hyperflow.topology.rollout;

import dev.hyperflow.engine.AdaptationModel;
import dev.hyperflow.engine.Engine;
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
   * Has the engine follow the plan as it is now, and notes which bundles it uses. To be called
   * between lists of events: before each, and after each tick.
   */
  public void follow(Engine engine) {
    RolloutPlan plan = rollout.plan();
    boolean isNew = plan.version() != followed;
    if (isNew) {
      plan.applyTo(engine);
    }
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

  /** The task uses no bundle any more. */
  @Override
  public void close() {
    rollout.leave(this);
  }
}
