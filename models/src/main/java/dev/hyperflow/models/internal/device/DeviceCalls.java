package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The way of a call to one model: merged with others or not, with a fallback or not, as the policy
 * says. Safe for use by many threads.
 */
final class DeviceCalls<I, O> implements AutoCloseable {

  /**
   * What calls are for.
   *
   * @param name of the model
   * @param lane what the device is called that it is loaded on
   * @param kind of that device
   */
  record Setup(String name, String lane, Device.Kind kind, DevicePolicy policy) {}

  private final String lane;
  private final Device.Kind kind;
  private final Optional<Failover<I, O>> failover;
  private final Optional<MergingExecutor<I, O>> merging;
  private final Function<List<I>, List<O>> entry;

  DeviceCalls(
      Setup setup,
      OwnerThread owner,
      Function<List<I>, List<O>> onDevice,
      Optional<Function<List<I>, List<O>>> onProcessor) {
    this.lane = setup.lane();
    this.kind = setup.kind();
    this.failover =
        kind == Device.Kind.CPU
            ? Optional.empty()
            : Optional.of(failover(setup, onDevice, onProcessor));
    Function<List<I>, List<O>> model = failover.isPresent() ? failover.get() : onDevice;
    this.merging =
        setup.policy().merges(kind) ? Optional.of(merging(setup, owner, model)) : Optional.empty();
    this.entry = merging.isPresent() ? merging.get()::run : model;
  }

  private static <I, O> Failover<I, O> failover(
      Setup setup,
      Function<List<I>, List<O>> onDevice,
      Optional<Function<List<I>, List<O>>> onProcessor) {
    DevicePolicy policy = setup.policy();
    return new Failover<>(
        setup.name(),
        setup.lane(),
        onDevice,
        onProcessor,
        new Breaker(policy.breakerFailures(), policy.breakerRetryRuns()));
  }

  private static <I, O> MergingExecutor<I, O> merging(
      Setup setup, OwnerThread owner, Function<List<I>, List<O>> model) {
    DevicePolicy policy = setup.policy();
    return new MergingExecutor<>(
        setup.name(),
        policy.largestBatch(),
        TimeUnit.MICROSECONDS.toNanos(policy.longestWaitMicros()),
        model,
        owner);
  }

  /** Whether calls go to the model as they are, so that this can be left out. */
  boolean direct() {
    return failover.isEmpty() && merging.isEmpty();
  }

  /** Whether the model was loaded on a card, which may have been given up since. */
  boolean onCard() {
    return kind != Device.Kind.CPU;
  }

  List<O> run(List<I> items) {
    return entry.apply(items);
  }

  ModelState state() {
    return new ModelState(
        lane,
        failover.filter(f -> f.breaker().tripped()).map(f -> Device.Kind.CPU).orElse(kind),
        merging.map(MergingExecutor::requests).orElse(0L),
        merging.map(MergingExecutor::runs).orElse(0L),
        failover.map(Failover::halvings).orElse(0L),
        failover.map(Failover::failures).orElse(0L),
        failover.map(f -> f.breaker().trips()).orElse(0L),
        failover.flatMap(Failover::lastFailure));
  }

  /** Refuses new calls where they are merged, and waits for those under way there. Idempotent. */
  @Override
  public void close() {
    merging.ifPresent(MergingExecutor::close);
  }
}
