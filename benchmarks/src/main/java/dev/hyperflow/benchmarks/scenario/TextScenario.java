package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The same texts as queries through our topology and through encoders alone, in turn. */
final class TextScenario {
  private final BenchSettings settings;
  private final WarmTenants warm;
  private final Path directory;
  private final Consumer<String> progress;

  /**
   * A scenario.
   *
   * @param directory an empty directory for files of encoders
   */
  TextScenario(
      BenchSettings settings, WarmTenants warm, Path directory, Consumer<String> progress) {
    this.settings = settings;
    this.warm = warm;
    this.directory = directory;
    this.progress = progress;
  }

  Section measure() {
    List<String> texts = SampleTexts.of(settings.load().texts());
    Runs c = new Runs("(c) this topology, texts");
    progress.accept("opening the encoders");
    try (Encoders encoders = Encoders.open(settings, texts, directory)) {
      for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
        Repetition answered =
            warm.texts(texts, settings.load().tenants(), number -> "text-" + number);
        if (i > 0) {
          c.add(answered);
        }
        progress.accept(
            "texts %d: c %,.0f/s, %s".formatted(i, answered.perSecond(), encoders.run(i > 0)));
      }
      warm.ours().requireSound(warm.maker(), warm.examples());
      List<List<String>> rows = new ArrayList<>(List.of(c.row()));
      rows.addAll(encoders.rows());
      List<String> results = new ArrayList<>(encoders.ratios("c", c));
      results.addAll(encoders.ratios());
      return new Section(
          "Texts: %,d queries, %d threads, %d repetitions"
              .formatted(
                  texts.size(), settings.application().threads(), settings.load().repetitions()),
          Runs.HEADER,
          rows,
          results);
    }
  }
}
