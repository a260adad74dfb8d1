package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.texts.DataFormatException;
import dev.hyperflow.models.Trace;
import dev.hyperflow.training.data.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritersTest {

  private static final Setting SETTING = Setting.parse("2x1");
  private static final String BUNDLE = "flow-v0";

  @TempDir private Path directory;

  /** Two episodes of two queries on one set. */
  static Findings findings() {
    List<String> methods = List.of(Peer.PROTOTYPES, Peer.LR_1, Peer.LR_10, BUNDLE);
    Results results = new Results(List.of("one,set"), List.of(SETTING), methods);
    OutOfScope scores = new OutOfScope();
    Trace trace = Trace.of(new float[] {2, 0.7f, 1, 0.25f});
    float[][] right = {{1, 0}, {0, 1}};
    float[][] half = {{1, 1}, {0, 0}};
    int[] truth = {0, 1};
    for (int episode = 0; episode < 2; episode++) {
      for (String method : methods) {
        boolean good = method.equals(BUNDLE) || (method.equals(Peer.LR_10) && episode == 0);
        Optional<Trace> flow = method.equals(BUNDLE) ? Optional.of(trace) : Optional.empty();
        Response response = Response.of(good ? right : half, 1, flow);
        results.tally("one,set", SETTING, method).add(response, truth);
        if (!method.equals(Peer.PROTOTYPES)) {
          scores.add(SETTING, method, response, 1);
        }
      }
    }
    return new Findings(
        new Run(
            "2026-11-24",
            "abc1234",
            new EvaluationPlan(List.of(SETTING), 2, 2, 20, 1),
            "encoder@1",
            List.of(new Run.BundleNote(BUNDLE, BUNDLE + "@0", 1, "analytic; none")),
            List.of(new Run.SetNote("one,set", 2, 8, "00ff"))),
        results,
        scores,
        List.of(
            new Cost(Peer.LR_1, 1, 3, OptionalDouble.of(2048)),
            new Cost(Peer.LR_10, 1, 4, OptionalDouble.empty()),
            new Cost(BUNDLE, 1, 2, OptionalDouble.of(1024)),
            new Cost(BUNDLE, 16, 0.25, OptionalDouble.of(512))),
        Map.of(BUNDLE, new BatchCheck.Outcome(6, 6)));
  }

  @Test
  void shouldKeepTheLayoutOfTheCsv() throws IOException {
    String golden =
        new String(
            WritersTest.class.getResourceAsStream("/golden/results.csv").readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(CsvWriter.of(findings())).isEqualTo(golden);
  }

  @Test
  void shouldJudgeEveryTarget() {
    // When
    List<Target> targets = Targets.of(findings(), findings().run().bundles().get(0));

    // Then
    assertThat(targets).hasSize(9);
    assertThat(targets).extracting(Target::outcome).containsOnly(Target.MET, Target.MISSED);
    assertThat(targets.get(0).outcome()).isEqualTo(Target.MET);
    assertThat(targets.get(0).measured()).startsWith("+25.00 ± ").endsWith("LR C=10, 1 steps");
    assertThat(targets.get(2).measured()).contains("one,set, 2-way 1-shot");
    assertThat(targets.get(3).outcome()).isEqualTo(Target.MISSED);
    assertThat(targets.get(7).measured()).isEqualTo("0.25 ms against 3.00 ms, a ratio of 0.08");
    assertThat(targets.get(8).measured()).isEqualTo("6 of 6 heads");
  }

  @Test
  void shouldWriteAPageThatNeedsNothingElse() {
    // Given
    Findings findings = findings();
    Document report = ReportPage.of(findings);

    // When
    Map<String, byte[]> charts = Charts.of(findings);
    String html = HtmlWriter.page(report, charts);

    // Then
    assertThat(charts).containsKeys(Charts.ACCURACY, Charts.DIFFERENCE, Charts.RELIABILITY);
    assertThat(charts.values()).allSatisfy(png -> assertThat(png).startsWith(0x89, 'P', 'N', 'G'));
    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme:dark", "data:image/png;base64,", "class=\"met\"")
        .doesNotContain("http://", "<script", "<link");
  }

  @Test
  void shouldEscapeWhatHtmlGivesAMeaning() {
    Document document = new Document("a < b").table(List.of("x"), List.of(List.of("<b>&\"")), 0);
    assertThat(HtmlWriter.page(document, Map.of()))
        .contains("<title>a &lt; b</title>", "&lt;b&gt;&amp;&quot;", "<tr class=\"strong\">");
  }

  @Test
  void shouldWriteMarkdownAsAPageOrAsAPart() {
    Document document =
        new Document("title")
            .heading("part")
            .figure("a.png", "seen")
            .table(List.of("x", "y"), List.of(List.of("1", "2")), 0);
    assertThat(MarkdownWriter.page(document))
        .isEqualTo(
            "# title\n\n## part\n\n![seen](a.png)\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
    assertThat(MarkdownWriter.section(document))
        .isEqualTo("## part\n\n| x | y |\n| --- | --- |\n| **1** | **2** |\n");
  }

  @Test
  void shouldReplaceOnlyWhatIsBetweenTheMarkers() throws IOException {
    // Given
    Path page = directory.resolve("page.md");
    Files.writeString(
        page,
        "by hand\n"
            + MarkedSection.EVALUATION.begin()
            + "\nold\n"
            + MarkedSection.EVALUATION.end()
            + "\nkept\n");

    // When
    MarkedSection.EVALUATION.replace(page, "new\n");
    MarkedSection.EVALUATION.replace(page, "newer\n");

    // Then
    assertThat(page)
        .hasContent(
            "by hand\n"
                + MarkedSection.EVALUATION.begin()
                + "\n\nnewer\n\n"
                + MarkedSection.EVALUATION.end()
                + "\nkept\n");
  }

  @Test
  void shouldRefuseAPageWithoutMarkers() throws IOException {
    Path page = Files.writeString(directory.resolve("page.md"), "by hand\n");
    assertThatThrownBy(() -> MarkedSection.EVALUATION.check(page))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("page.md: expected the lines");
    assertThatThrownBy(() -> MarkedSection.EVALUATION.check(directory.resolve("none.md")))
        .hasMessageContaining("none.md: no such file");
  }
}
