package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the models of one bundle share a device as its policy says. The door of this package. Used
 * by the one thread that loads a bundle; what it makes, and {@link #state()} afterwards, by any.
 */
public final class DeviceModels {

  /*
   * The fallback is opened when the bundle is loaded, not when it is needed. It costs about 200 MB
   * of memory and two seconds, little for a machine with a graphics card; opened later it would
   * cost a stall at the worst moment, and could fail then: the files moved on, the memory gone.
   *
   * Every model has a breaker of its own: a device that lacks the memory for one may well run the
   * other, and a lost device trips both within a few items.
   */
  private final Device device;
  private final DevicePolicy policy;
  private final OwnerThread owner;
  private DeviceCalls<SupportSet, Integration> integrator;
  private Optional<DeviceCalls<String, float[]>> encoder = Optional.empty();

  /** For models that are loaded on that device. */
  public DeviceModels(Device device, DevicePolicy policy) {
    this.device = device;
    this.policy = policy;
    this.owner =
        new OwnerThread("hyperflow-device-" + device.kind().name().toLowerCase(Locale.ROOT));
  }

  /**
   * Opens the integrator and, if the policy wants one, its fallback.
   *
   * @param onDevice opens it on the device
   * @param onProcessor opens it on the processor
   * @return an integrator that owns what was opened
   */
  public HeadIntegrator integrator(
      Supplier<HeadIntegrator> onDevice, Supplier<HeadIntegrator> onProcessor) {
    ModelPair<HeadIntegrator> models =
        ModelPair.open(onDevice, wanted(onProcessor), HeadIntegrator::close);
    integrator =
        calls(
            "integrator",
            models.onDevice()::integrate,
            models.fallback(fallback -> fallback::integrate));
    return integrator.direct()
        ? models.onDevice()
        : new DeviceIntegrator(models.onDevice(), integrator, models::close);
  }

  /**
   * Opens the encoder and, if the policy wants one, its fallback.
   *
   * @param onDevice opens it on the device
   * @param onProcessor opens it on the processor
   * @return an encoder that owns what was opened
   */
  public Encoder encoder(Supplier<Encoder> onDevice, Supplier<Encoder> onProcessor) {
    ModelPair<Encoder> models = ModelPair.open(onDevice, wanted(onProcessor), Encoder::close);
    DeviceCalls<String, float[]> calls =
        calls("encoder", asLists(models.onDevice()), models.fallback(DeviceModels::asLists));
    encoder = Optional.of(calls);
    return calls.direct()
        ? models.onDevice()
        : new DeviceEncoder(models.onDevice(), calls, models::close);
  }

  /** The state right now; the integrator has been opened. */
  public DeviceState state() {
    return new DeviceState(device, integrator.state(), encoder.map(DeviceCalls::state));
  }

  private <T> Optional<Supplier<T>> wanted(Supplier<T> onProcessor) {
    return policy.fallsBack(device.kind()) ? Optional.of(onProcessor) : Optional.empty();
  }

  private <I, O> DeviceCalls<I, O> calls(
      String name,
      Function<List<I>, List<O>> onDevice,
      Optional<Function<List<I>, List<O>>> onProcessor) {
    return new DeviceCalls<>(
        new DeviceCalls.Setup(name, device.kind(), policy), owner, onDevice, onProcessor);
  }

  private static Function<List<String>, List<float[]>> asLists(Encoder encoder) {
    return texts -> Arrays.asList(encoder.encode(texts));
  }
}
