package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Where the models run, and what became of their device. */
final class DeviceMeters {
  private final Meters meters;
  private final Supplier<Optional<DeviceState>> state;

  /**
   * Makes the meters.
   *
   * @param state of the bundle that serves; empty when there is none
   */
  DeviceMeters(Meters meters, Supplier<Optional<DeviceState>> state) {
    this.meters = meters;
    this.state = state;
    model("integrator", DeviceState::integrator);
    model("encoder", DeviceState::encoder);
  }

  private void model(String name, Function<DeviceState, List<ModelState>> model) {
    for (Device.Kind kind : Device.Kind.values()) {
      meters.gauge(
          MeterCatalogue.DEVICE_ACTIVE,
          () -> of(model).stream().filter(now -> now.inUse() == kind).count(),
          name,
          kind.name());
    }
    meters.gauge(MeterCatalogue.DEVICE_FALLBACK, () -> fellBack(model), name);
    counter(MeterCatalogue.DEVICE_FAILURES, name, model, ModelState::failures);
    counter(MeterCatalogue.DEVICE_HALVINGS, name, model, ModelState::halvings);
    counter(MeterCatalogue.DEVICE_TRIPS, name, model, ModelState::trips);
    counter(MeterCatalogue.DEVICE_REQUESTS, name, model, ModelState::requests);
    counter(MeterCatalogue.DEVICE_RUNS, name, model, ModelState::runs);
  }

  private void counter(
      MeterCatalogue entry,
      String name,
      Function<DeviceState, List<ModelState>> model,
      ToLongFunction<ModelState> figure) {
    meters.counter(entry, () -> of(model).stream().mapToLong(figure).sum(), name);
  }

  /** Given up at the start, or by a breaker since. */
  private long fellBack(Function<DeviceState, List<ModelState>> model) {
    Optional<Device> device = state.get().map(DeviceState::device);
    return of(model).stream()
        .filter(
            now ->
                device
                    .filter(
                        loaded ->
                            loaded.fallbackReason().isPresent() || now.inUse() != loaded.kind())
                    .isPresent())
        .count();
  }

  private List<ModelState> of(Function<DeviceState, List<ModelState>> model) {
    return state.get().map(model).orElse(List.of());
  }
}
