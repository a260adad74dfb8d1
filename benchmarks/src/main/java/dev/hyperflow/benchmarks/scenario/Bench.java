package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.RecordMaker;
import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.report.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the scenarios one after the other against one broker. For use by one thread. */
public final class Bench {
  /** Features of the shipped encoder. */
  private static final int ENCODER_DIMENSION = 384;

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
    progress.accept("starting the broker");
    try (Platform platform = Platform.start(directory, settings.application())) {
      if (!settings.scenarios().equals(Set.of(Scenario.TENANTS))) {
        withWarmTenants(platform, sections);
      }
      if (settings.scenarios().contains(Scenario.TENANTS)) {
        sections.accept(new TenantsScenario(settings, platform, progress).measure(directory));
      }
    }
  }

  private void withWarmTenants(Platform platform, Consumer<Section> sections) {
    progress.accept("starting the application");
    try (Application ours = platform.start(Role.HYPERFLOW, "hyperflow", Map.of());
        RecordMaker maker =
            new RecordMaker(platform.registryUrl(), new Vectors(ENCODER_DIMENSION, SEED))) {
      int tenants = settings.load().tenants();
      progress.accept(
          "giving %,d tenants %d examples each".formatted(tenants, WARM_SUPPORT.examples()));
      WARM_SUPPORT.load(platform, ours, maker, tenants);
      WarmTenants warm = new WarmTenants(platform, ours, maker, WARM_SUPPORT.examples());
      if (settings.scenarios().contains(Scenario.PACKED)) {
        sections.accept(new PackedScenario(settings, warm, progress).measure());
      }
      if (settings.scenarios().contains(Scenario.TEXT)) {
        sections.accept(new TextScenario(settings, warm, progress).measure());
      }
      if (settings.scenarios().contains(Scenario.LATENCY)) {
        sections.accept(new LatencyScenario(settings, warm, progress).measure());
      }
    }
  }

  /**
   * An application whose tenants have their examples.
   *
   * @param examples examples of each tenant
   */
  record WarmTenants(Platform platform, Application ours, RecordMaker maker, int examples) {}
}
