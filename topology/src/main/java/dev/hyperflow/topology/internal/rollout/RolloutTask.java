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
  private static final EngineProgress NOT_BEGUN = new EngineProgress(0, false, 0);

  private final BundleRollout rollout;
  private final String id;
  private final AdaptationModel model;
  private long followed = NONE;
  private Set<String> inUse;
  private volatile Serving serving;
  private volatile EngineProgress progress = NOT_BEGUN;

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
    note(engine);
    Set<String> uses = engine.bundlesInUse();
    if (isNew || !uses.equals(inUse)) {
      rollout.report(this, plan.version(), uses);
    }
  }

  /** Notes what readers beside the tasks may want to know of the engine. */
  public void note(Engine engine) {
    serving = engine.serving();
    progress = engine.progress();
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

  /** How far the background work was after the last list; for any thread. */
  EngineProgress progress() {
    return progress;
  }

  /** The task uses no bundle any more. */
  @Override
  public void close() {
    rollout.leave(this);
  }
}
