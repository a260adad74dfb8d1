package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.process.Role;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The same packed-feature queries through the identity topology and through ours, in turn. */
final class PackedScenario {
  private final BenchSettings settings;
  private final WarmTenants warm;
  private final Consumer<String> progress;

  PackedScenario(BenchSettings settings, WarmTenants warm, Consumer<String> progress) {
    this.settings = settings;
    this.warm = warm;
    this.progress = progress;
  }

  Section measure() {
    Runs a = new Runs("(a) identity topology");
    Runs b = new Runs("(b) this topology, packed features");
    try (Application identity = warm.platform().start(Role.IDENTITY, "identity", Map.of())) {
      for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
        Repetition copied = warm.packed(identity, settings.load());
        Repetition answered = warm.packed(warm.ours(), settings.load());
        progress.accept(
            "packed %d: identity %,.0f/s, ours %,.0f/s"
                .formatted(i, copied.perSecond(), answered.perSecond()));
        if (i > 0) {
          a.add(copied);
          b.add(answered);
        }
      }
    }
    warm.ours().requireSound(warm.maker(), warm.examples());
    return section(a, b);
  }

  private Section section(Runs a, Runs b) {
    BenchSettings.Load load = settings.load();
    return new Section(
        "Packed features: %,d queries, %d tenants × %d examples, %d repetitions"
            .formatted(load.records(), load.tenants(), warm.examples(), load.repetitions()),
        Runs.HEADER,
        List.of(a.row(), b.row()),
        List.of(
            "b/a, records/s: " + b.ratio(a, Repetition::perSecond).decimals(),
            "a/b, CPU of application and broker: " + a.ratio(b, Repetition::allMicros).decimals()));
  }
}
