package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.RecordMaker;
import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a query costs when there are more tenants. Applications that differ only in the number of
 * their tenants get the same number of queries, of random tenants, in turn.
 */
final class TenantsScenario {
  private static final Support FEW = new Support(2, 2);
  private static final long SEED = 7;

  private final BenchSettings settings;
  private final Platform platform;
  private final Consumer<String> progress;
  private final List<Case> cases = new ArrayList<>();

  TenantsScenario(BenchSettings settings, Platform platform, Consumer<String> progress) {
    this.settings = settings;
    this.platform = platform;
    this.progress = progress;
  }

  /** An application with a number of tenants. */
  private record Case(
      int tenants, Application application, double supportPerSecond, Runs first, Runs runs) {}

  Section measure(Path directory) {
    String bundle = VectorBundle.write(directory.resolve("vector-bundle"));
    try (RecordMaker maker =
        new RecordMaker(platform.registryUrl(), new Vectors(settings.load().dimension(), SEED))) {
      for (int tenants : settings.load().tenantCounts()) {
        cases.add(prepare(tenants, bundle, maker));
      }
      for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
        for (Case one : cases) {
          Repetition run = run(one, i, maker);
          progress.accept(
              "%,d tenants %d: %,.0f/s, %.0f µs CPU"
                  .formatted(one.tenants(), i, run.perSecond(), run.allMicros()));
          if (i > 0) {
            one.runs().add(run);
          }
        }
      }
      cases.forEach(one -> one.application().requireSound(maker, FEW.examples()));
    } finally {
      cases.forEach(one -> one.application().close());
    }
    return section();
  }

  private Case prepare(int tenants, String bundle, RecordMaker maker) {
    progress.accept(
        "giving %,d tenants %d examples of %d features each"
            .formatted(tenants, FEW.examples(), settings.load().dimension()));
    Application application =
        platform.start(Role.HYPERFLOW, "tenants-" + tenants, Map.of("bundle", bundle));
    boolean ready = false;
    try {
      double supportPerSecond = FEW.load(platform, application, maker, tenants);
      Runs first = new Runs("first queries");
      first.add(
          application.run(tenants, i -> maker.query(application.queries(), i, "first-" + i, i)));
      ready = true;
      return new Case(
          tenants, application, supportPerSecond, first, new Runs("%,d".formatted(tenants)));
    } finally {
      if (!ready) {
        application.close();
      }
    }
  }

  private Repetition run(Case one, int repetition, RecordMaker maker) {
    Random random = new Random(SEED + repetition);
    return one.application()
        .run(
            settings.load().records(),
            i ->
                maker.query(
                    one.application().queries(), random.nextInt(one.tenants()), "query-" + i, i));
  }

  private Section section() {
    Runs yardstick = cases.get(0).runs();
    List<List<String>> rows = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (Case one : cases) {
      Spread cpu = one.runs().ratio(yardstick, Repetition::allMicros);
      Spread time = one.runs().ratio(yardstick, Repetition::micros);
      rows.add(
          List.of(
              "%,d".formatted(one.tenants()),
              one.runs().spread(Repetition::perSecond).whole(),
              one.runs().spread(Repetition::allMicros).whole(),
              time.decimals(),
              cpu.decimals(),
              String.format(Locale.ROOT, "%,.0f", one.supportPerSecond()),
              one.first().spread(Repetition::perSecond).whole()));
      if (one.runs() != yardstick) {
        results.add(
            "%,d tenants against %,d, cost per query: time %s, CPU %s"
                .formatted(one.tenants(), cases.get(0).tenants(), time.decimals(), cpu.decimals()));
      }
    }
    return new Section(
        "Tenants: %,d queries, %d features, %d examples a tenant, %d repetitions"
            .formatted(
                settings.load().records(),
                settings.load().dimension(),
                FEW.examples(),
                settings.load().repetitions()),
        List.of(
            "tenants",
            "queries/s, median (min … max)",
            "CPU, µs/query",
            "time, relative",
            "CPU, relative",
            "support events/s",
            "first queries/s"),
        rows,
        results);
  }
}
