package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ApplicationMeters meters = new ApplicationMeters(registry, 0);
  private String serving = "one";
  private boolean running;
  private Optional<DeviceState> device = Optional.empty();

  @Test
  void shouldTimeTheCallsOfAModelAndCountWhatWentIn() {
    AdaptationModel model = meters.metered(FakeModels.model());
    model.encoder().orElseThrow().encode(List.of("a", "b"));
    model.integrator().integrate(List.of());

    assertThat(registry.get("hyperflow.encode").timer().count()).isEqualTo(1);
    assertThat(registry.get("hyperflow.encode.texts").counter().count()).isEqualTo(2);
    assertThat(registry.get("hyperflow.integrate").timer().count()).isEqualTo(1);
    assertThat(registry.get("hyperflow.integrate.heads").counter().count()).isZero();
  }

  @Test
  void shouldTimeCallsThatFail() {
    AdaptationModel model = meters.metered(FakeModels.model());

    assertThatThrownBy(() -> model.integrator().integrate(Collections.nCopies(51, null)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(registry.get("hyperflow.integrate").timer().count()).isEqualTo(1);
  }

  @Test
  void shouldTimeTheEncoderOfALaterBundleOnce() {
    AdaptationModel first = meters.metered(FakeModels.model());
    AdaptationModel second = meters.metered(first);
    second.encoder().orElseThrow().encode(List.of("a"));

    assertThat(registry.get("hyperflow.encode").timer().count()).isEqualTo(1);
    assertThat(second.featureSpace()).isEqualTo("zeros");
    assertThat(second.integrator().maxLabels()).isEqualTo(first.integrator().maxLabels());
  }

  @Test
  void shouldLookUpWhatTheApplicationIsNow() {
    meters.refresh(); // before the application is there
    meters.bind(sources());
    meters.refresh();
    assertThat(gauge("hyperflow.running")).isZero();
    assertThat(gauge("hyperflow.bundle", "bundle", "one")).isEqualTo(1);

    running = true;
    serving = "two";
    meters.refresh();

    assertThat(gauge("hyperflow.running")).isEqualTo(1);
    assertThat(registry.get("hyperflow.bundle").gauges()).hasSize(1);
    assertThat(gauge("hyperflow.bundle", "bundle", "two")).isEqualTo(1);
    assertThat(gauge("hyperflow.bundles.open")).isEqualTo(2);
    assertThat(gauge("hyperflow.state.memory.used")).isEqualTo(10);
    assertThat(gauge("hyperflow.state.memory.capacity")).isEqualTo(20);
    assertThat(gauge("hyperflow.heads.cache.capacity")).isEqualTo(30);
  }

  @Test
  void shouldShowWhereModelsRunAndWhetherTheyFellBack() {
    meters.bind(sources());
    assertThat(gauge("hyperflow.device.active", "model", "integrator", "device", "CPU")).isZero();

    device = Optional.of(new DeviceState(Device.cuda(), List.of(on(Device.Kind.CUDA)), List.of()));
    assertThat(gauge("hyperflow.device.active", "model", "integrator", "device", "CUDA"))
        .isEqualTo(1);
    assertThat(gauge("hyperflow.device.fallback", "model", "integrator")).isZero();
    assertThat(gauge("hyperflow.device.fallback", "model", "encoder")).isZero();

    device =
        Optional.of(
            new DeviceState(
                Device.cuda(), List.of(on(Device.Kind.CPU), on(Device.Kind.CUDA)), List.of()));
    assertThat(gauge("hyperflow.device.fallback", "model", "integrator")).isEqualTo(1);
    assertThat(
            registry
                .get("hyperflow.device.trips")
                .tags("model", "integrator")
                .functionCounter()
                .count())
        .isEqualTo(10);

    device =
        Optional.of(
            new DeviceState(
                Device.cpuBecause("no driver"),
                List.of(on(Device.Kind.CPU)),
                List.of(on(Device.Kind.CPU))));
    assertThat(gauge("hyperflow.device.fallback", "model", "encoder")).isEqualTo(1);
  }

  private static ModelState on(Device.Kind kind) {
    return new ModelState("lane", kind, 1, 2, 3, 4, 5, Optional.empty());
  }

  private ApplicationMeters.Sources sources() {
    return new ApplicationMeters.Sources(
        Map::of,
        () -> running,
        () -> serving,
        () -> 2,
        () -> device,
        new ApplicationMeters.Memory(() -> 10, () -> 20, 30));
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
