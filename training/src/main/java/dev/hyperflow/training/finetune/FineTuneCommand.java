package dev.hyperflow.training.finetune;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.ReportOptions;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./hyperflow finetune}. */
@Command(
    name = "finetune",
    description = {
      "Compares fine-tuning of the encoder with the heads of a bundle, in accuracy, time, memory and"
          + " arithmetic.",
      "Writes report.md and results.csv. An episode takes minutes."
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
      defaultValue = ShippedBundles.DRIFT_V1,
      description =
          "A directory, a .zip file or 'classpath:…'. It gives the heads and the encoder.")
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
      description = "Episodes of each set in a setting without @N.")
  private int episodes;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "15",
      description = "Maximum number of queries per label in an episode.")
  private int queries;

  @Option(
      names = "--steps",
      paramLabel = "N",
      split = ",",
      defaultValue = "50,100",
      description = "Numbers of steps after which the encoder is measured.")
  private List<Integer> steps;

  @Option(
      names = "--modes",
      paramLabel = "MODE",
      split = ",",
      defaultValue = "bias-only,full",
      description = "Which parameters of the encoder change: ${COMPLETION-CANDIDATES}.")
  private List<TuningMode> modes;

  @Option(
      names = "--rate",
      paramLabel = "MODE=RATE",
      split = ",",
      description = "Adam's rate for the encoder. Default: bias-only=0.001,full=0.00005")
  private Map<TuningMode, Double> rates;

  @Option(
      names = "--head-rate",
      paramLabel = "RATE",
      defaultValue = "0.01",
      description = "Adam's rate for the head.")
  private double headRate;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Maximum number of tokens per text in fine-tuning. Longer texts are cut.")
  private int maxTokens;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "600",
      description = "No round of episodes begins that would end after this time.")
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
      chosen.put(mode, new Rates(checked("--rate", rate), checked("--head-rate", headRate)));
    }
    FineTunePlan plan =
        new FineTunePlan(
            bundle,
            report.data(),
            new FineTunePlan.Episodes(
                setting, episodes, queries, report.seed(), maxTokens, minutes),
            chosen,
            steps.stream().distinct().sorted().toList(),
            report.destination());
    new FineTuneRun(plan, progress).run();
    return 0;
  }

  private double checked(String option, double rate) {
    if (rate > 0 && rate <= 1) {
      return rate;
    }
    throw report.refused(
        "%s: expected a rate above 0, at most 1, found %s".formatted(option, rate));
  }
}
