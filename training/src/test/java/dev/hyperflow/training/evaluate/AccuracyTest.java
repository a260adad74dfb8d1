package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.FeatureCache;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped analytic bundle against tuned logistic regression on real texts. Run it with {@code
 * ./mvnw -pl training verify -Pshared-data -Dhyperflow.datasets=DIR}, where DIR holds {@code
 * dev/banking77.tsv} and {@code dev/trec50.tsv} ({@code label<TAB>text}).
 */
@Tag("shared-data")
class AccuracyTest {

  private static final String PROPERTY = "hyperflow.datasets";
  private static final List<Setting> SETTINGS =
      List.of(Setting.parse("20x5"), Setting.parse("20x15"));

  /** In accuracy, as a fraction. */
  private static final double ALLOWED_LOSS = 0.005;

  @Test
  void shouldKeepUpWithTunedLogisticRegression() throws InterruptedException {
    // Given
    List<Path> files =
        List.of(folder().resolve("dev/banking77.tsv"), folder().resolve("dev/trec50.tsv"));
    EvaluationPlan plan = new EvaluationPlan(SETTINGS, 100, 50, 20, 1);
    Progress progress = new Progress(System.err, false, System::nanoTime);
    FeatureCache cache = new FeatureCache(Path.of("target", "features"), 1);

    try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults())) {
      List<LabelledFeatures> sets = new ArrayList<>();
      for (LabelledTexts texts : LabelledTexts.readAll(files)) {
        sets.add(cache.features(texts, bundle.encoder().orElseThrow(), done -> {}));
      }

      // When
      Results results =
          new Evaluation(plan, sets, progress)
              .run(
                  List.of(
                      Peer.logisticRegression(Peer.LR_1, 1),
                      Peer.logisticRegression(Peer.LR_10, 10),
                      new BundleContender("flow", bundle)));

      // Then
      for (String set : results.sets()) {
        for (Setting setting : SETTINGS) {
          String peer = results.betterRegression(setting);
          Interval ahead = results.difference(set, setting, "flow", peer);
          System.out.println(set + ", " + setting.title() + ": " + ahead.points());
          assertThat(ahead.mean())
              .as(set + " " + setting.title())
              .isGreaterThanOrEqualTo(-ALLOWED_LOSS);
        }
      }
    }
  }

  private static Path folder() {
    String folder = System.getProperty(PROPERTY, "");
    boolean present = !folder.isEmpty() && Files.isDirectory(Path.of(folder));
    String message =
        "SKIPPED the accuracy check: -D%s expected a folder of data sets, found '%s'"
            .formatted(PROPERTY, folder);
    if (!present) {
      System.err.println(message);
    }
    Assumptions.assumeTrue(present, message);
    return Path.of(folder);
  }
}
