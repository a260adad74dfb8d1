package dev.hyperflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * Runs the bench with tiny amounts against a real broker. Says nothing about the figures, only that
 * they are there: the bench itself fails when an answer is missing, doubled or dead-lettered.
 */
class BenchCommandTest {
  private static final String SPREAD = "[0-9,.]+ \\([0-9,.]+ … [0-9,.]+\\)";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldPrintTheRatiosOfPackedAndTextQueriesAndTheLatencyOfLabels() throws Exception {
    Path markdown = directory.resolve("report.md");

    int code =
        execute(
            "--only=packed,text,latency",
            "--records=400",
            "--texts=12",
            "--labels=6",
            "--tenants=8",
            "--repetitions=1",
            "--warmups=1",
            "--markdown=" + markdown);

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("400 queries, 8 tenants × 50 examples", "12 queries, 2 threads")
        .containsPattern("b/a, records/s: " + SPREAD)
        .containsPattern("c/d, texts/s: " + SPREAD)
        .containsPattern("e1/d1, texts/s: " + SPREAD)
        .containsPattern("b, p99: [0-9.]+ commit intervals");
    assertThat(Files.readString(markdown))
        .containsPattern("- \\*\\*b/a, records/s: " + SPREAD)
        .contains("| (a) identity topology |");
  }

  @Test
  void shouldCompareEncodersWithoutABroker() {
    int code = execute("--only=encoder", "--texts=5", "--repetitions=1", "--warmups=1");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("5 texts, 2 threads", "(d1) encoder alone, one text a call")
        .containsPattern("e/d, texts/s: " + SPREAD);
    assertThat(err.toString()).doesNotContain("broker", "Python");
  }

  @Test
  @Tag("python")
  void shouldCompareEncodersWithPython() {
    int code =
        execute(
            "--only=encoder",
            "--texts=5",
            "--repetitions=1",
            "--warmups=1",
            "--python=" + System.getProperty("hyperflow.python", "python3"));

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("f/d, texts/s: " + SPREAD)
        .containsPattern("f1/e1, texts/s: " + SPREAD);
  }

  @ParameterizedTest
  @CsvSource({
    "echo No module named onnxruntime >&2, No module named onnxruntime",
    "cat, nothing",
    ", Cannot run program"
  })
  void shouldSayWhatIsMissingForPython(String script, String found) throws IOException {
    Path python = directory.resolve("python");
    if (script != null) {
      Files.writeString(python, "#!/bin/sh\n" + script + "\n");
      assertThat(python.toFile().setExecutable(true)).isTrue();
    }

    assertThat(execute("--only=encoder", "--texts=2", "--python=" + python))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString().lines())
        .singleElement(STRING)
        .startsWith("hyperflow bench: --python: expected a Python with onnxruntime and tokenizers")
        .contains("found: " + found)
        .contains(python + " -m pip install onnxruntime tokenizers");
  }

  @Test
  void shouldCompareNumbersOfTenantsAtLeastOnceAndWithFurtherSettings() {
    int code =
        execute(
            "--only=tenants",
            "--tenant-counts=5,9",
            "--dimension=8",
            "--records=200",
            "--repetitions=1",
            "--warmups=1",
            "--guarantee=at_least_once",
            "--setting=kafka.commit.interval.ms=50");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("at_least_once, {kafka.commit.interval.ms=50}")
        .containsPattern("9 tenants against 5, cost per query: time " + SPREAD);
  }

  @Test
  void shouldCompareHttpWithTheTopics() {
    int code =
        execute(
            "--only=http",
            "--records=2000",
            "--texts=24",
            "--tenants=8",
            "--repetitions=1",
            "--warmups=1");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("40 and 12 texts a repetition")
        .containsPattern("features, 16 clients: topics/HTTP p50 " + SPREAD + ", p99 " + SPREAD)
        .containsPattern("text, 1 clients: topics/HTTP p50 " + SPREAD);
  }

  @Test
  void shouldRefuseWhatItCannotDoInOneLine() {
    assertThat(execute("--records=0")).isEqualTo(2);
    assertThat(execute("--only=speed")).isEqualTo(2);
    assertThat(execute("packed")).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("--records: expected at least 1, found 0"))
        .anyMatch(line -> line.contains("speed"))
        .anyMatch(line -> line.contains("expected options, found 'packed'"));
  }

  private int execute(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(args);
  }
}
