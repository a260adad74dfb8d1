package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final List<String> names;
  private final List<OwnerThread> owners;
  private final DevicePolicy policy;
  private Lanes<SupportSet, Integration> integrator;
  private Optional<Lanes<String, float[]>> encoder = Optional.empty();

  /**
   * For models that are loaded on devices of one kind.
   *
   * @param names what the devices are called
   */
  public DeviceModels(Device device, List<String> names, DevicePolicy policy) {
    this.device = device;
    this.names = List.copyOf(names);
    this.owners = names.stream().map(name -> new OwnerThread("hyperflow-device-" + name)).toList();
    this.policy = policy;
  }

  /**
   * Opens the integrator on each device and, if the policy wants one, its fallback.
   *
   * @param onDevices opens it on a device, in the order of the names
   * @param onProcessor opens it on the processor
   * @return an integrator that owns what was opened
   */
  public HeadIntegrator integrator(
      List<Supplier<HeadIntegrator>> onDevices, Supplier<HeadIntegrator> onProcessor) {
    LoadedModels<HeadIntegrator> models =
        LoadedModels.open(onDevices, wanted(onProcessor), HeadIntegrator::close);
    integrator = lanes("integrator", models, model -> model::integrate);
    return integrator.direct()
        ? models.first()
        : new DeviceIntegrator(models.first(), integrator, models::close);
  }

  /**
   * Opens the encoder on each device and, if the policy wants one, its fallback.
   *
   * @param onDevices opens it on a device, in the order of the names
   * @param onProcessor opens it on the processor
   * @return an encoder that owns what was opened
   */
  public Encoder encoder(List<Supplier<Encoder>> onDevices, Supplier<Encoder> onProcessor) {
    LoadedModels<Encoder> models =
        LoadedModels.open(onDevices, wanted(onProcessor), Encoder::close);
    Lanes<String, float[]> lanes =
        lanes("encoder", models, model -> texts -> Arrays.asList(model.encode(texts)));
    encoder = Optional.of(lanes);
    return lanes.direct()
        ? models.first()
        : new DeviceEncoder(models.first(), lanes, models::close);
  }

  /** The state right now; the integrator has been opened. */
  public DeviceState state() {
    return new DeviceState(
        device, integrator.states(), encoder.map(Lanes::states).orElse(List.of()));
  }

  private <T> Optional<Supplier<T>> wanted(Supplier<T> onProcessor) {
    return policy.fallsBack(device.kind()) ? Optional.of(onProcessor) : Optional.empty();
  }

  /** The fallback is one for all lanes: it runs on whatever thread needs it. */
  private <T, I, O> Lanes<I, O> lanes(
      String name, LoadedModels<T> models, Function<T, Function<List<I>, List<O>>> call) {
    List<DeviceCalls<I, O>> lanes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lanes.add(
          new DeviceCalls<>(
              new DeviceCalls.Setup(name, names.get(i), device.kind(), policy),
              owners.get(i),
              call.apply(models.onDevices().get(i)),
              models.fallback(call)));
    }
    return new Lanes<>(lanes);
  }
}
