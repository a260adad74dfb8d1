package dev.hyperflow.training.finetune;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Progress;
import dev.hyperflow.training.report.ReportOptions;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./hyperflow finetune}. */
@Command(
    name = "finetune",
    description = {
      "Fine-tunes the encoder for few-shot episodes and puts accuracy, time, memory and arithmetic"
          + " beside those of a bundle's heads.",
      "Writes report.md and results.csv. Takes minutes an episode."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
public final class FineTuneCommand implements Callable<Integer> {

  private static final int MAX_EPISODES = 100_000;
  private static final int MAX_QUERIES = 10_000;
  private static final int MAX_STEPS = 100_000;
  private static final int MAX_MINUTES = 100_000;
  private static final int MAX_TOKENS = 512;

  @Mixin private ReportOptions report;

  @Option(
      names = "--bundle",
      paramLabel = "LOCATION",
      defaultValue = ShippedBundles.DRIFT,
      description = "A directory, a .zip file or 'classpath:…': its heads, and its encoder.")
  private String bundle;

  @Option(
      names = "--setting",
      paramLabel = "WAYSxSHOTS",
      converter = ReportOptions.SettingConverter.class,
      defaultValue = "5x5",
      description = "Shape of episodes.")
  private Setting setting;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      defaultValue = "20",
      description = "Episodes of each set, unless the setting says so itself.")
  private int episodes;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "15",
      description = "Most queries of a label in an episode.")
  private int queries;

  @Option(
      names = "--steps",
      paramLabel = "N",
      split = ",",
      defaultValue = "50,100",
      description = "After how many steps to look.")
  private List<Integer> steps;

  @Option(
      names = "--modes",
      paramLabel = "MODE",
      split = ",",
      converter = ModeConverter.class,
      defaultValue = "bias-only,full",
      description = "What moves besides the head: bias-only, full.")
  private List<TuningMode> modes;

  @Option(
      names = "--rate",
      paramLabel = "MODE=RATE",
      split = ",",
      converter = {ModeConverter.class, RateConverter.class},
      description = "Adam's rate for the encoder. Default: bias-only=0.001,full=0.00005")
  private Map<TuningMode, Double> rates;

  @Option(
      names = "--head-rate",
      paramLabel = "RATE",
      converter = RateConverter.class,
      defaultValue = "0.01",
      description = "Adam's rate for the head.")
  private double headRate;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Texts are cut to so many tokens when the encoder is tuned.")
  private int maxTokens;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "600",
      description = "No round of episodes begins that would end later.")
  private int minutes;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = report.progress();
    report.require("--episodes", episodes, 1, MAX_EPISODES);
    report.require("--queries", queries, 1, MAX_QUERIES);
    report.require("--minutes", minutes, 1, MAX_MINUTES);
    report.require("--max-tokens", maxTokens, 8, MAX_TOKENS);
    steps.forEach(n -> report.require("--steps", n, 1, MAX_STEPS));
    Map<TuningMode, Rates> chosen = new EnumMap<>(TuningMode.class);
    for (TuningMode mode : modes) {
      double rate = rates == null ? mode.rate() : rates.getOrDefault(mode, mode.rate());
      chosen.put(mode, new Rates(rate, headRate));
    }
    FineTunePlan plan =
        new FineTunePlan(
            bundle,
            report.data(),
            new FineTunePlan.Episodes(
                setting, episodes, queries, report.seed(), maxTokens, minutes),
            chosen,
            steps.stream().distinct().sorted().toList(),
            new FineTunePlan.Place(report.out(), report.markdown()));
    new FineTuneRun(plan, progress).run();
    return 0;
  }

  /** Reads a mode. */
  static final class ModeConverter implements ITypeConverter<TuningMode> {
    @Override
    public TuningMode convert(String text) {
      try {
        return TuningMode.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a rate. */
  static final class RateConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double rate = Double.parseDouble(text);
        if (rate > 0 && rate <= 1) {
          return rate;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException("expected a rate, found '" + text + "'");
      }
      throw new TypeConversionException("expected a rate above 0, at most 1, found '" + text + "'");
    }
  }
}
