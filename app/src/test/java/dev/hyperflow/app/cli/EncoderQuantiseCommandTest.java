package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderQuantiseCommandTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldMakeABundleThatSaysWhatItIs() throws IOException {
    // Given
    Path texts = texts("requests.tsv");
    Path to = directory.resolve("fast");

    // When
    int code = quantise(texts, to);

    // Then
    assertThat(code).as("%s", err).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("minilm-drift-v2-int8, encoder all-minilm-l6-v2-int8"))
        .anyMatch(
            line -> line.matches("Its vectors have a cosine of 0\\.9\\d+ .* of \\d texts\\."));
    out.getBuffer().setLength(0);
    execute("bundle", "inspect", to.toString());
    assertThat(out.toString().lines())
        .anyMatch(
            line ->
                line.matches(
                    " +quantised +int8 weights, static steps of activations found with texts of"
                        + " requests"));

    // And a second call does not replace it
    assertThat(quantise(texts, to)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--force replaces it");
  }

  @Test
  void shouldNeedTextsForBytesAlone() throws IOException {
    // When halves are asked for without texts
    Path to = directory.resolve("halves");
    int code =
        execute("encoder", "quantise", "minilm-drift-v2", "--type", "fp16", "--to", to.toString());

    // Then
    assertThat(code).as("%s", err).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString())
        .contains("minilm-drift-v2-fp16, encoder all-minilm-l6-v2-fp16")
        .hasLineCount(1);
    out.getBuffer().setLength(0);
    execute("bundle", "inspect", to.toString());
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches(" +quantised +fp16 weights and inputs of products"));

    // And bytes need some
    Path bytes = directory.resolve("bytes");
    assertThat(execute("encoder", "quantise", "minilm-drift-v2", "--to", bytes.toString()))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("texts: expected at least one, found none");
    assertThat(bytes).doesNotExist();
  }

  @Test
  void shouldRefuseFilesWithoutTexts() throws IOException {
    Path missing = directory.resolve("missing.tsv");
    assertThat(quantise(missing, directory.resolve("a"))).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("missing.tsv").hasLineCount(1);
    assertThat(directory.resolve("a")).doesNotExist();
  }

  private Path texts(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.write(
        file,
        List.of(
            "billing\tI was charged twice for one order.",
            "access\tThe link to reset my password has expired.",
            "delivery\tMy parcel never arrived."));
    return file;
  }

  private int quantise(Path texts, Path to) {
    return execute(
        "encoder",
        "quantise",
        "minilm-drift-v2",
        "--texts",
        texts.toString(),
        "--to",
        to.toString());
  }

  private int execute(String... args) {
    return CommandLineInterface.create()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
