package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.RecordMaker;
import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.report.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Runs the scenarios one after the other against one broker. For use by one thread. */
public final class Bench {
  /** Features of the shipped encoder. */
  private static final int ENCODER_DIMENSION = 512;

  private static final Set<Workload> WITHOUT_BROKER = Set.of(Workload.HEADS, Workload.ENCODER);
  private static final Set<Workload> WITH_WARM_TENANTS =
      Set.of(Workload.PACKED, Workload.TEXT, Workload.LATENCY);

  private static final Support WARM_SUPPORT = new Support(10, 5);
  private static final long SEED = 20_504_153_23L;

  private final BenchSettings settings;
  private final Consumer<String> progress;

  /**
   * A bench.
   *
   * @param settings what to do
   * @param progress told in a line what happens, now and then
   */
  public Bench(BenchSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param directory an empty directory for broker, state and logs
   * @param sections gets a section per scenario, as soon as it is measured
   * @throws IllegalStateException when a process ends early or answers are missing or too many
   */
  public void run(Path directory, Consumer<Section> sections) {
    if (settings.scenarios().contains(Workload.HEADS)) {
      sections.accept(HeadsScenario.measure(settings, progress));
    }
    if (settings.scenarios().contains(Workload.ENCODER)
        && !settings.scenarios().contains(Workload.TEXT)) {
      sections.accept(Encoders.measure(settings, directory, progress));
    }
    if (!WITHOUT_BROKER.containsAll(settings.scenarios())) {
      withBroker(directory, sections);
    }
  }

  private void withBroker(Path directory, Consumer<Section> sections) {
    progress.accept("starting the broker");
    try (Platform platform = Platform.start(directory, settings.application())) {
      if (WITH_WARM_TENANTS.stream().anyMatch(settings.scenarios()::contains)) {
        withWarmTenants(platform, directory, sections);
      }
      if (settings.scenarios().contains(Workload.HTTP)) {
        overHttp(platform, sections);
      }
      if (settings.scenarios().contains(Workload.QUEUE)) {
        queue(platform, sections);
      }
      if (settings.scenarios().contains(Workload.TENANTS)) {
        sections.accept(new TenantsScenario(settings, platform, progress).measure(directory));
      }
    }
  }

  private WarmTenants warm(Platform platform, Application ours, RecordMaker maker) {
    int tenants = settings.load().tenants();
    progress.accept(
        "giving %,d tenants %d examples each".formatted(tenants, WARM_SUPPORT.examples()));
    WARM_SUPPORT.load(platform, ours, maker, tenants);
    return new WarmTenants(platform, ours, maker, WARM_SUPPORT.examples());
  }

  private void overHttp(Platform platform, Consumer<Section> sections) {
    progress.accept("starting the application with its HTTP API");
    Vectors vectors = new Vectors(ENCODER_DIMENSION, SEED);
    try (Application ours = platform.start(Role.HYPERFLOW, "http", Map.of("http.port", "0"));
        RecordMaker maker = new RecordMaker(platform.registryUrl(), vectors)) {
      sections.accept(
          new HttpScenario(settings, warm(platform, ours, maker), vectors, progress).measure());
    }
  }

  private void queue(Platform platform, Consumer<Section> sections) {
    progress.accept("starting an application that keeps texts and one that does not");
    try (Application keeping = platform.start(Role.HYPERFLOW, "queue", QueueScenario.REMEMBERING);
        Application bare = platform.start(Role.HYPERFLOW, "bare", QueueScenario.WITHOUT_TEXTS);
        RecordMaker maker =
            new RecordMaker(platform.registryUrl(), new Vectors(ENCODER_DIMENSION, SEED))) {
      sections.accept(
          new QueueScenario(
                  settings, warm(platform, keeping, maker), warm(platform, bare, maker), progress)
              .measure());
    }
  }

  private void withWarmTenants(Platform platform, Path directory, Consumer<Section> sections) {
    progress.accept("starting the application");
    try (Application ours = platform.start(Role.HYPERFLOW, "hyperflow", Map.of());
        RecordMaker maker =
            new RecordMaker(platform.registryUrl(), new Vectors(ENCODER_DIMENSION, SEED))) {
      WarmTenants warm = warm(platform, ours, maker);
      if (settings.scenarios().contains(Workload.PACKED)) {
        sections.accept(new PackedScenario(settings, warm, progress).measure());
      } else {
        warmUp(warm);
      }
      if (settings.scenarios().contains(Workload.TEXT)) {
        sections.accept(new TextScenario(settings, warm, directory, progress).measure());
      }
      if (settings.scenarios().contains(Workload.LATENCY)) {
        sections.accept(new LatencyScenario(settings, warm, progress).measure());
      }
    }
  }

  /**
   * Texts and labels are too few to warm up a virtual machine. The compilers of broker and
   * application would take a tenth of the processors meanwhile.
   */
  private void warmUp(WarmTenants warm) {
    BenchSettings.Load load = settings.load();
    progress.accept(
        "warming up with %,d packed queries".formatted(load.warmups() * load.records()));
    for (int i = 0; i < load.warmups(); i++) {
      warm.packed(warm.ours(), load);
    }
  }

  /**
   * An application whose tenants have their examples.
   *
   * @param examples examples of each tenant
   */
  record WarmTenants(Platform platform, Application ours, RecordMaker maker, int examples) {

    /** Sends packed queries through an application. */
    Repetition packed(Application application, BenchSettings.Load load) {
      return application.run(
          load.records(),
          i -> maker.query(application.queries(), i % load.tenants(), "query-" + i, i));
    }

    /** Sends texts through its application, of so many tenants in turn. */
    Repetition texts(List<String> texts, int tenants, IntFunction<String> id) {
      return ours.run(
          texts.size(), i -> maker.query(ours.queries(), i % tenants, id.apply(i), texts.get(i)));
    }
  }
}
