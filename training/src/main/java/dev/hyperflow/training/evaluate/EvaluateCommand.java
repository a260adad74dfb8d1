package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.cli.EncoderOptions;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.ReportOptions;
import dev.hyperflow.training.stream.StreamOptions;
import dev.hyperflow.training.stream.StreamRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./hyperflow evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Compares bundles with no adaptation and with logistic regression on your own texts.",
      "Writes report.html (one page to send), report.md, gain.png and results.csv."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true)
public final class EvaluateCommand implements Callable<Integer> {

  private static final int MAX_EPISODES = 100_000;
  private static final int MAX_QUERIES = 10_000;
  private static final int MAX_THREADS = 256;

  @Mixin private ReportOptions report;

  @Option(
      names = "--bundle",
      paramLabel = "LOCATION",
      arity = "1..*",
      defaultValue = ShippedBundles.DRIFT,
      description = "A directory, a .zip file or 'classpath:…'. Several bundles are compared.")
  private List<String> bundles;

  @Option(
      names = "--setting",
      paramLabel = "WAYSxSHOTS",
      arity = "1..*",
      converter = ReportOptions.SettingConverter.class,
      defaultValue = "5x1,5x5,20x5,20x15,all-x30@60",
      split = ",",
      description =
          "Shape of episodes. 20x5 has 20 labels with 5 examples each, all-x30 has all labels of a"
              + " set. @N asks for N episodes.")
  private List<Setting> settings;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      defaultValue = "600",
      description = "Episodes of each set in each setting without @N.")
  private int episodes;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "30",
      description = "Maximum number of queries per label in an episode.")
  private int queries;

  @Option(
      names = "--methods",
      paramLabel = "GROUP",
      split = ",",
      defaultValue = "neighbour,gradient,cross-validation",
      description =
          "What to measure besides prototypes, logistic regression and bundles: neighbour,"
              + " gradient, cross-validation (slow), steps (bundles in other numbers of steps), none.")
  private List<MethodGroup> methods;

  @Option(
      names = "--targets",
      description =
          "Also holds bundles against this project's own aims, and measures the cost of a head.")
  private boolean targets;

  @Option(
      names = "--out-of-scope",
      paramLabel = "FILE",
      description = "Texts that belong to no label of --in-scope.")
  private Path outOfScope;

  @Option(
      names = "--in-scope",
      paramLabel = "FILE",
      description = "Labelled texts. The scores must tell them from those out of scope.")
  private Path inScope;

  @ArgGroup(exclusive = false, heading = "%nStreams:%n")
  private StreamOptions streams;

  @Mixin private EncoderOptions encoder;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Episodes or streams that run at once. The results do not depend on it.")
  private int threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Progress progress = report.progress();
    report.require("--episodes", episodes, 2, MAX_EPISODES);
    report.require("--queries", queries, 1, MAX_QUERIES);
    report.require("--threads", threads, 1, MAX_THREADS);
    if (streams != null && streams.on()) {
      playStreams(progress);
      return 0;
    }
    if ((outOfScope == null) != (inScope == null)) {
      throw report.refused("--out-of-scope, --in-scope: expected both or none, found one");
    }
    Set<MethodGroup> groups = EnumSet.noneOf(MethodGroup.class);
    groups.addAll(methods);
    EvaluationRun.Request request =
        new EvaluationRun.Request(
            List.copyOf(bundles),
            new EvaluationRun.Data(
                report.data(), Optional.ofNullable(inScope), Optional.ofNullable(outOfScope)),
            new EvaluationPlan(
                settings.stream().distinct().toList(), episodes, queries, report.seed(), threads),
            groups,
            targets,
            report.destination());
    new EvaluationRun(request, () -> encoder.open(threads), progress).run();
    return 0;
  }

  private void playStreams(Progress progress) throws IOException, InterruptedException {
    streams.check(report);
    StreamRun.Request request =
        new StreamRun.Request(
            List.copyOf(bundles),
            report.data(),
            streams,
            report.seed(),
            threads,
            report.destination());
    new StreamRun(request, () -> encoder.open(threads), progress).run();
  }
}
