package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
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
    model("integrator", device -> Optional.of(device.integrator()));
    model("encoder", DeviceState::encoder);
  }

  private void model(String name, Function<DeviceState, Optional<ModelState>> model) {
    for (Device.Kind kind : Device.Kind.values()) {
      meters.gauge(
          MeterCatalogue.DEVICE_ACTIVE,
          () -> of(model).filter(now -> now.inUse() == kind).isPresent() ? 1 : 0,
          name,
          kind.name());
    }
    meters.gauge(MeterCatalogue.DEVICE_FALLBACK, () -> fellBack(model) ? 1 : 0, name);
    counter(MeterCatalogue.DEVICE_FAILURES, name, model, ModelState::failures);
    counter(MeterCatalogue.DEVICE_HALVINGS, name, model, ModelState::halvings);
    counter(MeterCatalogue.DEVICE_TRIPS, name, model, ModelState::trips);
    counter(MeterCatalogue.DEVICE_REQUESTS, name, model, ModelState::requests);
    counter(MeterCatalogue.DEVICE_RUNS, name, model, ModelState::runs);
  }

  private void counter(
      MeterCatalogue entry,
      String name,
      Function<DeviceState, Optional<ModelState>> model,
      ToLongFunction<ModelState> figure) {
    meters.counter(entry, () -> of(model).map(figure::applyAsLong).orElse(0L), name);
  }

  /** Given up at the start, or by the breaker since. */
  private boolean fellBack(Function<DeviceState, Optional<ModelState>> model) {
    return state
        .get()
        .filter(
            now ->
                model
                    .apply(now)
                    .filter(
                        loaded ->
                            now.device().fallbackReason().isPresent()
                                || loaded.inUse() != now.device().kind())
                    .isPresent())
        .isPresent();
  }

  private Optional<ModelState> of(Function<DeviceState, Optional<ModelState>> model) {
    return state.get().flatMap(model);
  }
}
