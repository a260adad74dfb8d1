package dev.hyperflow.training.finetune;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Adam;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * DJL's Adam at constant rates. It keeps its moments in a manager, because DJL itself never frees
 * them. For use by one thread.
 */
final class ScopedAdam extends Adam {

  private final NDManager manager;
  private final Map<String, Float> rates;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  private ScopedAdam(NDManager manager, Map<String, Float> rates) {
    super(builder().optLearningRateTracker((name, step) -> rates.get(name)));
    this.manager = manager;
    this.rates = rates;
  }

  static ScopedAdam in(NDManager manager) {
    return new ScopedAdam(manager, new HashMap<>());
  }

  /** Adds a parameter that has a gradient, under a name of its own. */
  void add(String name, NDArray parameter, double rate) {
    rates.put(name, (float) rate);
    parameters.put(name, parameter);
  }

  /** Moves all parameters against their gradients and clears these. */
  void step() {
    parameters.forEach(
        (name, parameter) -> {
          try (NDArray gradient = parameter.getGradient()) {
            update(name, parameter, gradient);
          }
        });
  }

  @Override
  protected NDArray withDefaultState(
      Map<String, Map<Device, NDArray>> state,
      String name,
      Device device,
      Function<String, NDArray> initial) {
    NDArray moment = super.withDefaultState(state, name, device, initial);
    moment.attach(manager);
    return moment;
  }
}
