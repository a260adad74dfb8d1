package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.engine.Answer;
import dev.hyperflow.engine.Personalizer;
import dev.hyperflow.engine.RefusedException;
import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.TinyEncoders.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class EncoderCommandTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path folder;
  private Path bundle;

  @BeforeEach
  void name() {
    folder = directory.resolve("Tiny_Encoder");
    bundle = directory.resolve("bundles/tiny");
  }

  @ParameterizedTest
  @EnumSource(Tokens.class)
  void shouldAddAnEncoderThatThenAnswers(Tokens kind) {
    // Given
    TinyEncoders.folder(folder, kind, 20, "mean");
    TinyEncoders.write(
        folder,
        "config_sentence_transformers.json",
        "{'prompts': {'query': 'query: ', 'passage': 'passage: '}}");

    // When
    assertThat(add()).as("%s%s", out, err).isEqualTo(ExitCode.OK.code());

    // Then
    assertThat(out.toString().lines())
        .contains(
            "pooling    mean, scaled to length 1",
            "prefixes   query 'query: ', example 'passage: '",
            bundle + " is a bundle now.")
        .anyMatch(line -> line.startsWith("OK      bits: "))
        .anyMatch(line -> line.startsWith("OK      length: "))
        .anyMatch(line -> line.startsWith("NOTE    languages: ") && line.contains("Thai"))
        .anyMatch(line -> line.startsWith("NOTE    encoder-speed: "));
    assertThat(err.toString()).isEmpty();
    try (Personalizer heads = Personalizer.open(bundle.toString())) {
      heads.add("acme", "e1", "billing", "refund money");
      heads.add("acme", "e2", "shipping", "order late");
      Answer answer = heads.predict("acme", "late order");
      assertThat(answer.label()).contains("shipping");
      // And a script that it cannot read is refused before it is answered
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> heads.predict("acme", "\u0e1a\u0e31\u0e15\u0e23"))
          .matches(refusal -> refusal.reason() == RefusedException.Reason.NO_KNOWN_WORDS);
    }
  }

  @Test
  void shouldTakeTwoFilesAndSayTheRest() {
    TinyEncoders.write(folder, "tiny.onnx", TinyEncoders.model(20));
    TinyEncoders.write(folder, "tokenizer.json", TinyEncoders.tokenizer(Tokens.UNIGRAM));
    TinyEncoders.write(
        directory, "texts.tsv", "label\ttext\nbilling\tlost card\nother\tblue sky\n");

    int code =
        add(
            "--pooling=cls",
            "--query-prefix=query: ",
            "--texts=" + directory.resolve("texts.tsv"),
            "--network=minilm-drift-v1");

    assertThat(code).as("%s%s", out, err).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString())
        .contains("pooling    cls, scaled to length 1")
        .contains("prefixes   query 'query: ', example 'query: '")
        .contains("of 2 texts, 1 without a known word are refused (NO_KNOWN_WORDS)");

    // And inspect says the same of the bundle
    out.getBuffer().setLength(0);
    assertThat(execute("bundle", "inspect", bundle.toString())).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString().lines())
        .contains(
            "  dimension    20",
            "  tokenizer    tokenizer.json, at most 512 tokens of a text",
            "  pooling      cls, scaled to length 1",
            "  prefixes     query 'query: ', example 'query: '")
        .noneMatch(line -> line.contains("inner layer"));
  }

  @Test
  void shouldWriteNothingWhenACheckFails() throws IOException {
    TinyEncoders.folder(folder, Tokens.WORD_PIECE, 2, "mean");
    TinyEncoders.write(directory, "expected.json", "[{'text': 'lost card', 'vector': [1, 0]}]");

    int code = add("--expect=" + directory.resolve("expected.json"));

    assertThat(code).isEqualTo(ExitCode.FAILED.code());
    assertThat(out.toString()).contains("FAILED  parity: expected the vectors of the file");
    assertThat(err.toString()).contains("hyperflow: a check failed; no bundle was written");
    try (Stream<Path> left = Files.list(bundle.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void shouldRefuseAFolderWithoutATokenizerAndABundleThatIsThere() throws IOException {
    TinyEncoders.folder(folder, Tokens.WORD_PIECE, 20, "mean");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThat(add()).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .startsWith("hyperflow: " + folder + ": expected tokenizer.json of a fast tokenizer");

    TinyEncoders.folder(folder, Tokens.WORD_PIECE, 20, "mean");
    assertThat(add()).isEqualTo(ExitCode.OK.code());
    assertThat(add()).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains("--out: expected a folder without a bundle, found one in");
    assertThat(add("--force")).isEqualTo(ExitCode.OK.code());
  }

  private int add(String... options) {
    List<String> words =
        new ArrayList<>(List.of("encoder", "add", folder.toString(), "--out", bundle.toString()));
    words.addAll(List.of(options));
    return execute(words.toArray(String[]::new));
  }

  private int execute(String... words) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
