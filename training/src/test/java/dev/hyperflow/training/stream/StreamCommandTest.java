package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.training.report.MarkedSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb with {@code --stream}, end to end, on the messages of the demo. */
class StreamCommandTest {

  private static final int USAGE = 2;
  private static final String BANK = "../app/src/main/resources/messages/bank.tsv";

  @TempDir private Path directory;

  @Test
  void shouldWriteWhatAReportPromises() throws IOException {
    // Given: a set of the demo, one with a single label and lines without a text of their own
    MarkedSection section = new MarkedSection("streams", "evaluate --stream");
    Path page =
        Files.writeString(
            directory.resolve("page.md"), "kept\n" + section.begin() + "\n" + section.end() + "\n");
    Path lonely = Files.writeString(directory.resolve("lonely.tsv"), "a\tone\n\na\tone\n-\ttwo\n");
    Path out = directory.resolve("out");
    String[] common = {
      "--order", "shuffled,split", "--orders", "2", "--events", "40", "--memory", "0,10"
    };

    // When
    StreamVerb verb = new StreamVerb(directory).data(BANK, lonely.toString()).with(common);
    verb.run(0, "--out", out.toString(), "--threads", "1", "--markdown", page.toString());

    // Then: figures of each method on each stream
    String report = Files.readString(out.resolve("report.md"));
    assertThat(report)
        .contains("## Streams: shuffled", "## Streams: split", "minilm-drift-v2, 10 examples")
        .contains("3 of ", " lines are not played", "lonely is left out of shuffled")
        .contains("](curve-split.svg)", "| LR C=10 | ");
    assertThat(page).content().startsWith("kept\n").contains("## Streams: split");
    assertThat(out.resolve("report.html")).content().contains("<svg", "</html>");
    assertThat(out.resolve("curve-shuffled.svg")).content().contains("prefers-color-scheme:dark");
    assertThat(figures(out, "accuracy")).hasSize(2 * 2 * 7);
    assertThat(out.resolve("streams"))
        .isDirectoryContaining("glob:**/bank_meridian-bank.split-21-*.npy");

    // And: its own answers beside it, and other threads, change nothing
    Path again = directory.resolve("again");
    verb.run(0, "--out", again.toString(), "--beside", out.resolve("answers.csv").toString());
    assertThat(figures(again, "accuracy")).isEqualTo(figures(out, "accuracy"));
    assertThat(figures(again, "log_loss")).hasSameSizeAs(figures(out, "log_loss"));
  }

  @Test
  void shouldRefuseWhatItCannotUseInOneLine() throws IOException {
    String lonely =
        Files.writeString(directory.resolve("lonely.tsv"), "a\tone\na\ttwo\n").toString();
    String answers =
        Files.writeString(
                directory.resolve("answers.csv"),
                "method,stream,order,event,predicted,probability,confidence,millis\n")
            .toString();
    refused("expected a set with labels enough, found none", lonely);
    refused("expected the same methods for every stream, found []", BANK, "--beside", answers);
    refused("--events: expected 2 to 1000000, found 1", BANK, "--events", "1");
    refused("--labelled: expected above 0, at most 1, found 0.0", BANK, "--labelled", "0");
    refused("--wrong: expected 0 to 1, found 1.5", BANK, "--wrong", "1.5");
    refused("SPLIT] (case-insensitive) but was 'sorted'", BANK, "--order", "sorted");
    assertThat(
            new StreamVerb(directory)
                .data(BANK)
                .withoutStreams()
                .run(USAGE, "--out", "out", "--delay", "3"))
        .contains("--stream");
  }

  private void refused(String message, String data, String... options) {
    String out = directory.resolve("refused").toString();
    String errors = new StreamVerb(directory).data(data).with(options).run(USAGE, "--out", out);
    assertThat(errors).contains(message).doesNotContain("\tat ");
  }

  private static List<String> figures(Path directory, String measure) throws IOException {
    try (var lines = Files.lines(directory.resolve("streams.csv"), StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith(measure + ",")).toList();
    }
  }
}
