package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Document;
import dev.hyperflow.training.report.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Setting SETTING = Setting.parse("2x1");
  private static final String BUNDLE = "flow-v0";

  /** Two episodes of two queries on one set. */
  private static Findings findings(boolean targets) {
    List<String> methods = List.of(Peer.PROTOTYPES, Peer.LR_1, Peer.LR_10, BUNDLE);
    Results results = new Results(List.of("one,set"), List.of(SETTING), methods);
    OutOfScope scores = new OutOfScope();
    float[][] right = {{1, 0}, {0, 1}};
    float[][] half = {{1, 1}, {0, 0}};
    int[] truth = {0, 1};
    for (int episode = 0; episode < 2; episode++) {
      for (String method : methods) {
        boolean good = method.equals(BUNDLE) || (method.equals(Peer.LR_10) && episode == 0);
        Response response = Response.of(good ? right : half, 1);
        if (method.equals(BUNDLE)) {
          response = response.withScope(new float[] {0.75f, 0.5f});
        }
        results.tally("one,set", SETTING, method).add(response, truth);
        if (!method.equals(Peer.PROTOTYPES)) {
          scores.add(SETTING, method, response, 1);
        }
      }
    }
    Findings.Aims aims =
        new Findings.Aims(
            List.of(
                new CostMeter.Cost(Peer.LR_1, 1, 3, OptionalDouble.of(2048)),
                new CostMeter.Cost(Peer.LR_10, 1, 4, OptionalDouble.empty()),
                new CostMeter.Cost(BUNDLE, 1, 2, OptionalDouble.of(1024)),
                new CostMeter.Cost(BUNDLE, 16, 0.25, OptionalDouble.of(512))),
            Map.of(BUNDLE, new BatchCheck.Outcome(6, 6)));
    return new Findings(
        new RunNotes(
            "2026-11-24",
            "abc1234",
            new EvaluationPlan(List.of(SETTING), 2, 2, 20, 1),
            "encoder@1",
            List.of(new RunNotes.BundleNote(BUNDLE, BUNDLE + "@0", 1, "analytic; none")),
            List.of(new RunNotes.SetNote("one,set", 2, 2, 8, "00ff"))),
        results,
        scores,
        targets ? Optional.of(aims) : Optional.empty());
  }

  @Test
  void shouldKeepTheLayoutOfTheCsv() throws IOException {
    String golden =
        new String(
            ReportTest.class.getResourceAsStream("/golden/results.csv").readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(ResultsCsv.of(findings(true))).isEqualTo(golden);
  }

  @Test
  void shouldJudgeEveryTarget() {
    // When
    Findings findings = findings(true);
    List<Targets.Target> targets =
        Targets.of(findings, findings.aims().orElseThrow(), findings.run().bundles().get(0));

    // Then
    assertThat(targets).hasSize(10);
    assertThat(targets)
        .extracting(Targets.Target::outcome)
        .containsOnly(Targets.Target.MET, Targets.Target.MISSED);
    assertThat(targets.get(0).outcome()).isEqualTo(Targets.Target.MET);
    assertThat(targets.get(0).measured()).startsWith("+25.00 ± ").endsWith("LR C=10, 1 steps");
    assertThat(targets.get(2).measured()).contains("one,set, 2-way 1-shot");
    assertThat(targets.get(3).outcome()).isEqualTo(Targets.Target.MISSED);
    assertThat(targets.get(6).claim()).isEqualTo("Out-of-scope AUROC of its scope at least 0.98");
    assertThat(targets.get(6).measured()).isEqualTo("1.000");
    assertThat(targets.get(8).measured()).isEqualTo("a ratio of 0.08");
    assertThat(targets.get(9).measured()).isEqualTo("6 of 6 heads");
  }

  @Test
  void shouldSpeakOfTheProjectsAimsOnlyWhenAsked() {
    assertThat(report(findings(false)))
        .contains("## Accuracy", "## Out of scope", "| scope of flow-v0 | 0.375 |")
        .doesNotContain("Targets", "Number of steps");
    assertThat(report(findings(true))).contains("## Targets: flow-v0");
    assertThat(ReportPage.costs(findings(true)).markdownSection())
        .contains("| flow-v0 | 16 | 0.250 | 0.5 |", "| LR C=10 | 1 | 4.000 | not counted |");
  }

  private static String report(Findings findings) {
    return ReportPage.of(findings, new byte[0]).markdownPage();
  }

  @Test
  void shouldSayWhetherDifferencesMeanAnything() {
    assertThat(report(findings(false)))
        .contains(
            "`flow-v0` and no adaptation cannot be compared at 2-way 1-shot: that takes 20 episodes"
                + " or more. `flow-v0` and the better logistic regression cannot be compared");
    Map<Setting, Interval> differences = new LinkedHashMap<>();
    differences.put(Setting.parse("5x1"), new Interval(0.004, 0.003));
    differences.put(Setting.parse("5x5"), new Interval(0.02, 0.003));
    differences.put(Setting.parse("20x5"), new Interval(-0.01, 0.002));
    differences.put(Setting.parse("20x15"), new Interval(0, 0));
    assertThat(Verdict.of("a", "b", differences, setting -> true))
        .isEqualTo(
            "a is more accurate than b at 5-way 1-shot, 5-way 5-shot, by 0.40 to 2.00 points."
                + " a is less accurate than b at 20-way 5-shot, by 1.00 points."
                + " a and b cannot be told apart at 20-way 15-shot: the interval of the difference"
                + " includes zero.");
    differences.replaceAll((setting, difference) -> new Interval(0.01, 0.001));
    assertThat(Verdict.of("a", "b", differences, setting -> true))
        .isEqualTo("a is more accurate than b in all 4 settings, by 1.00 points.");
  }

  @Test
  void shouldBeginWithWhatABundleIsWorthInPlainWords() {
    String few = report(findings(false));
    assertThat(few)
        .contains(
            "On one,set, with 1 example of each of at most 2 labels, `flow-v0` answers 100.0 of 100"
                + " texts rightly.")
        .contains("Logistic regression answers 75.0, and no adaptation answers 50.0.")
        .contains("points: not known, too few episodes.");
    assertThat(few.indexOf("On one,set")).isLessThan(few.indexOf("cannot be compared"));

    Document page = new Document("t");
    new InShort(findings(false).results(), setting -> true).add(page, BUNDLE);
    assertThat(page.markdownPage())
        .contains(
            "Compared with no adaptation it is +50.00 ± 0.00 points: better, and not by chance.")
        .contains("+25.00 ± 49.00 points: no clear difference, chance can explain it.");
  }

  @Test
  void shouldNotClaimWaysThatNoSetHas() {
    EvaluationPlan plan =
        new EvaluationPlan(
            List.of(
                Setting.parse("5x5@30"),
                Setting.parse("20x5@10"),
                Setting.parse("20x15"),
                Setting.parse("all-x5")),
            60,
            10,
            20,
            1);
    assertThat(plan.within(2).settings())
        .extracting(Setting::title)
        .containsExactly("2-way 5-shot", "2-way 15-shot", "all-way 5-shot");
    assertThat(plan.within(2).settings().get(0).episodes()).hasValue(30);
    assertThat(plan.within(20)).isEqualTo(plan);
  }

  @Test
  void shouldDrawThePicture() {
    assertThat(GainChart.png(findings(false))).startsWith(0x89, 'P', 'N', 'G');
  }
}
