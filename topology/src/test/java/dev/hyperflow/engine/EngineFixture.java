package dev.hyperflow.engine;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Output;
import dev.hyperflow.engine.event.Payload;
import dev.hyperflow.engine.integrate.HeadStore;
import dev.hyperflow.engine.remember.InMemoryTenantStore;
import dev.hyperflow.engine.remember.MemoryLimits;
import dev.hyperflow.engine.score.ScoreSettings;
import dev.hyperflow.engine.validate.Limits;
import dev.hyperflow.models.Bundle;
import dev.hyperflow.models.BundleOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine with the shipped bundle's real drift network, on stores on the heap. */
final class EngineFixture {
  static final int DIMENSION = 8;
  private static final Bundle BUNDLE =
      Bundle.load(
          "classpath:bundles/minilm-analytic-v0",
          BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));

  final InMemoryTenantStore tenants = new InMemoryTenantStore();
  final Engine engine;

  private EngineFixture(MemoryLimits memory) {
    engine =
        new Engine(
            new EngineSettings(new Limits(64, 64, 200, 16, 100), memory, new ScoreSettings(3, 0)),
            new AdaptationModel(
                BUNDLE.id(),
                Optional.empty(),
                OptionalInt.of(DIMENSION),
                BUNDLE.integrator(),
                BUNDLE.calibration()),
            tenants,
            new MapHeadStore());
  }

  static EngineFixture create() {
    return new EngineFixture(new MemoryLimits(10, 8));
  }

  static EngineFixture with(int labelsPerTenant, int examplesPerLabel) {
    return new EngineFixture(new MemoryLimits(labelsPerTenant, examplesPerLabel));
  }

  List<Output> process(Event... events) {
    return engine.process(List.of(events));
  }

  static Event add(String tenant, String id, String label, float... features) {
    return new Event.Add(tenant, 0, id, label, 1, features(features));
  }

  static Event query(String tenant, String id, float... features) {
    return new Event.Query(tenant, 0, id, features(features));
  }

  /** Features whose leading values are given and whose others are 0. */
  static Payload features(float... leading) {
    return new Payload.Features(FeatureVector.of(java.util.Arrays.copyOf(leading, DIMENSION)));
  }

  private static final class MapHeadStore implements HeadStore {
    private final Map<String, AdaptedHead> heads = new HashMap<>();

    @Override
    public Optional<AdaptedHead> get(String tenant) {
      return Optional.ofNullable(heads.get(tenant));
    }

    @Override
    public void put(String tenant, AdaptedHead head) {
      heads.put(tenant, head);
    }

    @Override
    public void remove(String tenant) {
      heads.remove(tenant);
    }
  }
}
