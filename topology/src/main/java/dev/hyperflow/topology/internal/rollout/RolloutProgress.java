package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.Serving;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How far the changes of bundles are on this instance, and the background work.
 *
 * @param serving id of the bundle that serves, until all tasks have left it
 * @param candidate id of the bundle that is in shadow, or takes over
 * @param rollsOut whether the candidate takes over
 * @param sweeping whether a task sweeps over its tenants, or is about to begin
 * @param visited tenants that the sweeps for what was asked last have visited
 * @param stale tenants whose head waits to be integrated
 */
public record RolloutProgress(
    String serving,
    Optional<String> candidate,
    boolean rollsOut,
    boolean sweeping,
    long visited,
    int stale) {

  static RolloutProgress of(RolloutPlan plan, Collection<RolloutTask> tasks) {
    Optional<Serving> behind =
        tasks.stream()
            .flatMap(task -> task.serving().stream())
            .filter(Serving::rollsOut)
            .findFirst();
    String planned = plan.serving().bundleId();
    // A task follows a new plan at its next list of events or tick; until then nothing has changed.
    Optional<String> notBegun =
        tasks.stream()
            .flatMap(task -> task.serving().stream())
            .map(Serving::serving)
            .filter(serving -> behind.isEmpty() && !serving.equals(planned))
            .findFirst();
    List<EngineProgress> work = tasks.stream().map(task -> task.progress(plan)).toList();
    Optional<String> shadow = plan.shadow().map(AdaptationModel::bundleId);
    return new RolloutProgress(
        behind.map(Serving::serving).or(() -> notBegun).orElse(planned),
        behind.map(Serving::candidate).orElse(notBegun.isPresent() ? Optional.of(planned) : shadow),
        behind.isPresent() || notBegun.isPresent(),
        work.stream().anyMatch(EngineProgress::sweeping),
        work.stream().mapToLong(EngineProgress::visitedTenants).sum(),
        work.stream().mapToInt(EngineProgress::staleTenants).sum());
  }
}
