package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.training.Main;
import dev.hyperflow.training.report.MarkedSection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verb, end to end, on the messages of the demo. */
class EvaluateCommandTest {
  /** The messages of the demo. */
  private static final Path MESSAGES = Path.of("../app/src/main/resources/messages");

  private static final int USAGE = 2;
  private static final int STARTUP = 3;
  private static final String CHANCE = "0.33";

  @TempDir private Path directory;

  @Test
  void shouldWriteTheSameFiguresWhateverTheThreads() throws IOException {
    // Given: the three labelled files of the demo
    MarkedSection section = new MarkedSection("evaluation", "evaluate");
    MarkedSection cost = new MarkedSection("cost of a head", "evaluate");
    Path page =
        Files.writeString(
            directory.resolve("page.md"), "kept\n" + section.begin() + "\n" + section.end() + "\n");
    Path costs =
        Files.writeString(directory.resolve("costs.md"), cost.begin() + "\n" + cost.end() + "\n");
    List<String> common =
        List.of(
            "--data",
            demo("bank.tsv"),
            demo("software.tsv"),
            "--episodes",
            "6",
            "--setting",
            "3x2,all-x5@3",
            "--in-scope",
            demo("bank.tsv"),
            "--out-of-scope",
            demo("software.tsv"),
            "--cache",
            directory.resolve("cache").toString());

    // When
    Path one = directory.resolve("one");
    Path two = directory.resolve("two");
    run(
        0,
        common,
        "--out",
        one.toString(),
        "--threads",
        "1",
        "--targets",
        "--markdown",
        page.toString(),
        costs.toString());
    run(0, common, "--out", two.toString(), "--threads", "3", "--methods", "none");

    // Then: files are there
    assertThat(one.resolve("report.html")).content().contains("minilm-drift-v2", "</html>");
    assertThat(one.resolve("report.md")).content().contains("## Accuracy", "](gain.png)");
    assertThat(one.resolve("gain.png")).isNotEmptyFile();
    assertThat(page)
        .content()
        .startsWith("kept\n")
        .contains("## Targets")
        .doesNotContain("](", "## Cost of a head");
    assertThat(costs).content().contains("## Cost of a head").doesNotContain("## Accuracy");
    assertThat(two.resolve("report.md")).content().doesNotContain("Targets", "Cost of a head");

    // And: figures are the same, and better than chance
    List<String> first = figures(one, "accuracy");
    List<String> second = figures(two, "accuracy");
    assertThat(first).containsAll(second);
    assertThat(second).hasSize(4 * 4);
    assertThat(first).hasSize(4 * 9);
    assertThat(first).allSatisfy(line -> assertThat(line.split(",", -1)[5]).isGreaterThan(CHANCE));
    assertThat(figures(two, "auroc")).isEqualTo(figures(one, "auroc")).isNotEmpty();
    assertThat(figures(two, "auroc"))
        .allSatisfy(line -> assertThat(line.split(",", -1)[5]).isGreaterThan("0.6"));
  }

  @Test
  void shouldRefuseWhatItCannotUseInOneLine() throws IOException {
    // Given
    String bad =
        Files.writeString(directory.resolve("bad.tsv"), "label\ttext\nno tab\n").toString();
    String lonely =
        Files.writeString(directory.resolve("lonely.tsv"), "billing\tI was charged twice\n")
            .toString();
    String cache = directory.resolve("cache").toString();

    // Then
    assertRefused(USAGE, "bad.tsv:2: expected 2 columns, found 1", bad);
    assertRefused(USAGE, "none.tsv: no such file", "none.tsv");
    assertRefused(
        USAGE,
        "expected a set with two labels of two texts or more, found none",
        lonely,
        "--cache",
        cache);
    assertRefused(USAGE, "setting: expected WAYSxSHOTS", bad, "--setting", "5by1");
    assertRefused(USAGE, "--episodes: expected 2 to 100000, found 1", bad, "--episodes", "1");
    assertRefused(USAGE, "expected both or none, found one", bad, "--in-scope", bad);
    assertRefused(
        USAGE,
        "cross-validation, STEPS, NONE] (case-insensitive) but was 'magic'",
        bad,
        "--methods",
        "magic");
    assertRefused(
        STARTUP,
        "bundle nowhere: expected file nowhere, found none",
        lonely,
        "--bundle",
        "nowhere");
  }

  private void assertRefused(int code, String message, String data, String... options) {
    String out = directory.resolve("out").toString();
    String errors = run(code, List.of("--data", data, "--out", out), options);
    assertThat(errors).contains(message).doesNotContain("\tat ");
  }

  private static String run(int code, List<String> common, String... more) {
    StringWriter errors = new StringWriter();
    CommandLine line = Main.commandLine(new EvaluateCommand()).setErr(new PrintWriter(errors));
    String[] arguments = Arrays.copyOf(common.toArray(new String[0]), common.size() + more.length);
    System.arraycopy(more, 0, arguments, common.size(), more.length);
    assertThat(line.execute(arguments)).as(errors.toString()).isEqualTo(code);
    return errors.toString();
  }

  private static List<String> figures(Path directory, String measure) throws IOException {
    try (var lines = Files.lines(directory.resolve("results.csv"), StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith(measure + ",")).toList();
    }
  }

  private static String demo(String name) {
    return MESSAGES.resolve(name).toString();
  }
}
