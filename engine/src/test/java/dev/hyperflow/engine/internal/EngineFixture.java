package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import dev.hyperflow.engine.internal.heap.InMemoryHeadStore;
import dev.hyperflow.engine.internal.heap.InMemoryRecentQueries;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ScopeScore;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine with the shipped bundle's real drift network, on stores on the heap. */
public final class EngineFixture {
  public static final int DIMENSION = 8;
  public static final MemorySettings MEMORY =
      new MemorySettings(10, 8, 80, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1);
  public static final QuerySettings FRESH = new QuerySettings(Consistency.FRESH, 0, 1_000, 4);
  public static final QuerySettings LATEST = new QuerySettings(Consistency.LATEST, 0, 1_000, 4);
  private static final Bundle BUNDLE =
      Bundle.load(
          "classpath:bundles/minilm-analytic-v0",
          BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));

  /** A scope score for features of length 1; the shipped bundle has none. */
  public static final ScopeScore SCOPE =
      ScopeScore.of(BUNDLE.manifest().initialHead().scale(), new Manifest.Scope(0.05, 13, 12));

  public final InMemoryTenantStore tenants = new InMemoryTenantStore();
  public final InMemoryHeadStore heads = new InMemoryHeadStore();
  final InMemoryRecentQueries queries = new InMemoryRecentQueries();
  final InMemoryActivity activity;
  private final EngineSettings settings;
  private AdaptationModel model;
  private final TenantStore used;
  public Engine engine;

  private EngineFixture(
      EngineSettings settings, AdaptationModel model, TenantStore used, InMemoryActivity activity) {
    this.settings = settings;
    this.model = model;
    this.used = used == null ? tenants : used;
    this.activity = activity;
    restart();
  }

  static EngineFixture create() {
    return of(MEMORY, FRESH);
  }

  static EngineFixture with(int labelsPerTenant, int examplesPerLabel) {
    return of(
        new MemorySettings(
            labelsPerTenant,
            examplesPerLabel,
            labelsPerTenant * examplesPerLabel,
            RingPolicy.NEWEST,
            FeaturePrecision.FLOAT32,
            1),
        FRESH);
  }

  static EngineFixture of(MemorySettings memory, QuerySettings query) {
    return of(memory, query, model("bundle"));
  }

  public static EngineFixture of(
      MemorySettings memory, QuerySettings query, AdaptationModel model) {
    return new EngineFixture(settings(memory, query), model, null, new InMemoryActivity());
  }

  /** On a tenant store of the test's own. */
  static EngineFixture over(TenantStore tenants, MemorySettings memory, QuerySettings query) {
    return over(tenants, new InMemoryActivity(), memory, query);
  }

  /** On a tenant store and an activity store of the test's own. */
  static EngineFixture over(
      TenantStore tenants, InMemoryActivity activity, MemorySettings memory, QuerySettings query) {
    return new EngineFixture(settings(memory, query), model("bundle"), tenants, activity);
  }

  static EngineFixture of(EngineSettings settings, AdaptationModel model) {
    return new EngineFixture(settings, model, null, new InMemoryActivity());
  }

  static EngineSettings settings(MemorySettings memory, QuerySettings query) {
    return new EngineSettings(
        new Limits(64, 64, 200, 16, 100),
        memory,
        query,
        new ScoreSettings(3, 0),
        QualitySettings.defaults(),
        2);
  }

  /** The shipped drift network under a name. */
  public static AdaptationModel model(String bundleId) {
    return model(bundleId, BUNDLE.integrator());
  }

  public static AdaptationModel model(String bundleId, HeadIntegrator integrator) {
    return new AdaptationModel(
        bundleId, Optional.empty(), OptionalInt.of(DIMENSION), integrator, BUNDLE.calibration());
  }

  static HeadIntegrator integrator() {
    return BUNDLE.integrator();
  }

  /** A new engine on the same stores, as after a restart that kept them. */
  void restart() {
    engine =
        new Engine(
            settings, model, new EnginePorts(used, heads, queries, activity, activity, activity));
  }

  /** A new engine with another model on the same stores. */
  void restart(AdaptationModel other) {
    model = other;
    restart();
  }

  public List<Output> process(Event... events) {
    return engine.process(List.of(events));
  }

  /** Ticks until the background has nothing left to do. */
  public List<Output> settle() {
    List<Output> outputs = new ArrayList<>();
    do {
      outputs.addAll(engine.tick());
    } while (engine.progress().sweeping() || engine.progress().staleTenants() > 0);
    return outputs;
  }

  public static Event.Add add(String tenant, String id, String label, float... features) {
    return addAt(0, tenant, id, label, features);
  }

  static Event.Add addAt(
      long timestampMillis, String tenant, String id, String label, float... features) {
    return new Event.Add(
        tenant, timestampMillis, id, label, ExampleTerms.ORDINARY, features(features));
  }

  public static Event.Query query(String tenant, String id, float... features) {
    return queryAt(0, tenant, id, features);
  }

  static Event.Query queryAt(long timestampMillis, String tenant, String id, float... features) {
    return new Event.Query(tenant, timestampMillis, id, features(features));
  }

  /** Features whose leading values are given and whose others are 0. */
  static Payload features(float... leading) {
    return new Payload.Features(FeatureVector.of(Arrays.copyOf(leading, DIMENSION)));
  }
}
