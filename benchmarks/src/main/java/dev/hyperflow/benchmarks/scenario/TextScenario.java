package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.SampleTexts;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.scenario.Bench.WarmTenants;
import java.util.List;
import java.util.function.Consumer;

/** The same texts as queries through our topology and through the encoder alone, in turn. */
final class TextScenario {
  /** Texts handed to the encoder at once where it stands alone. */
  private static final int LIST = 32;

  private final BenchSettings settings;
  private final WarmTenants warm;
  private final Consumer<String> progress;

  TextScenario(BenchSettings settings, WarmTenants warm, Consumer<String> progress) {
    this.settings = settings;
    this.warm = warm;
    this.progress = progress;
  }

  Section measure() {
    List<String> texts = SampleTexts.of(settings.load().texts());
    Runs c = new Runs("(c) this topology, texts");
    Runs d = new Runs("(d) encoder alone, lists of " + LIST);
    Runs single = new Runs("(d1) encoder alone, one text a call");
    try (EncoderAlone encoder = new EncoderAlone(settings.application())) {
      for (int i = 1 - settings.load().warmups(); i <= settings.load().repetitions(); i++) {
        Repetition answered = run(texts);
        Repetition encoded = encoder.run(texts, LIST);
        Repetition one = encoder.run(texts, 1);
        progress.accept(
            "texts %d: ours %,.0f/s, encoder %,.0f/s, one at a time %,.0f/s"
                .formatted(i, answered.perSecond(), encoded.perSecond(), one.perSecond()));
        if (i > 0) {
          c.add(answered);
          d.add(encoded);
          single.add(one);
        }
      }
    }
    warm.ours().requireSound(warm.maker(), warm.examples());
    return new Section(
        "Texts: %,d queries, %d threads, %d repetitions"
            .formatted(
                texts.size(), settings.application().threads(), settings.load().repetitions()),
        Runs.HEADER,
        List.of(c.row(), d.row(), single.row()),
        List.of(
            "c/d, texts/s: " + c.ratio(d, Repetition::perSecond).decimals(),
            "c/d1, texts/s: " + c.ratio(single, Repetition::perSecond).decimals()));
  }

  private Repetition run(List<String> texts) {
    int tenants = settings.load().tenants();
    Application ours = warm.ours();
    return ours.run(
        texts.size(),
        i -> warm.maker().query(ours.queries(), i % tenants, "text-" + i, texts.get(i)));
  }
}
