package dev.hyperflow.models.internal.device;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceChoice;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the models of one bundle share a device as its policy says. The door of this package. Used
 * by the one thread that loads a bundle; what it makes, and {@link #state()} afterwards, by any.
 */
public final class DeviceModels {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceModels.class);

  /*
   * The fallback is opened when the bundle is loaded, not when it is needed. It costs about 200 MB
   * of memory and two seconds, little for a machine with a graphics card; opened later it would
   * cost a stall at the worst moment, and could fail then: the files moved on, the memory gone.
   *
   * Every model has a breaker of its own: a device that lacks the memory for one may well run the
   * other, and a lost device trips both within a few items. For the same reason each model finds
   * out by itself whether a card can load it. Other cards take its part, or the processor if there
   * are none. Where the processor cannot load it either, the model is to blame, not the card.
   */
  private final Device device;
  private final List<String> names;
  private final List<OwnerThread> owners;
  private final DevicePolicy policy;
  private final boolean standIn;
  private Lanes<SupportSet, Integration> integrator;
  private Optional<Lanes<String, float[]>> encoder = Optional.empty();

  /**
   * For models that are loaded on devices of one kind.
   *
   * @param names what the devices are called
   */
  public DeviceModels(Device device, List<String> names, BundleOptions options) {
    this.device = device;
    this.names = List.copyOf(names);
    this.owners = names.stream().map(name -> new OwnerThread("hyperflow-device-" + name)).toList();
    this.policy = options.policy();
    this.standIn = options.device() == DeviceChoice.AUTO && device.kind() != Device.Kind.CPU;
  }

  /**
   * Opens the integrator on each device and, if the policy wants one, its fallback. With {@link
   * DeviceChoice#AUTO} other cards take the part of one that cannot open it, or else the processor.
   *
   * @param onDevices opens it on a device, in the order of the names
   * @param onProcessor opens it on the processor
   * @return an integrator that owns what was opened
   */
  public HeadIntegrator integrator(
      List<Supplier<HeadIntegrator>> onDevices, Supplier<HeadIntegrator> onProcessor) {
    LoadedModels<HeadIntegrator> models =
        open("integrator", onDevices, onProcessor, HeadIntegrator::close);
    integrator = lanes("integrator", models, model -> model::integrate);
    return integrator.direct()
        ? models.first()
        : new DeviceIntegrator(models.first(), integrator, models::close);
  }

  /**
   * Opens the encoder likewise.
   *
   * @param onDevices opens it on a device, in the order of the names
   * @param onProcessor opens it on the processor
   * @return an encoder that owns what was opened
   */
  public Encoder encoder(List<Supplier<Encoder>> onDevices, Supplier<Encoder> onProcessor) {
    LoadedModels<Encoder> models = open("encoder", onDevices, onProcessor, Encoder::close);
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

  private <T> LoadedModels<T> open(
      String model, List<Supplier<T>> onDevices, Supplier<T> onProcessor, Consumer<T> closer) {
    LoadedModels<T> models =
        LoadedModels.open(onDevices, onProcessor, policy.fallsBack(device.kind()), standIn, closer);
    models
        .failures()
        .forEach(
            (place, failure) ->
                LOG.atWarn()
                    .addKeyValue("model", model)
                    .addKeyValue("device", names.get(place))
                    .addKeyValue("reason", failure.getMessage())
                    .log(
                        "DEVICE {} CANNOT LOAD A MODEL, {} runs on {}: {}",
                        names.get(place),
                        model,
                        models.failures().size() < names.size() ? "other cards" : "the processor",
                        failure.getMessage()));
    return models;
  }

  /** The fallback is one for all lanes: it runs on whatever thread needs it. */
  private <T, I, O> Lanes<I, O> lanes(
      String name, LoadedModels<T> models, Function<T, Function<List<I>, List<O>>> call) {
    List<DeviceCalls<I, O>> lanes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Device.Kind kind = models.failures().containsKey(i) ? Device.Kind.CPU : device.kind();
      lanes.add(
          new DeviceCalls<>(
              new DeviceCalls.Setup(name, names.get(i), kind, policy),
              owners.get(i),
              call.apply(models.onDevices().get(i)),
              policy.fallsBack(kind) ? models.fallback(call) : Optional.empty()));
    }
    return new Lanes<>(lanes);
  }
}
