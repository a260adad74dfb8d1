package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.TinyEncoders.Tokens;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.make.EncoderBundle;
import dev.hyperflow.models.internal.make.EncoderChoices;
import dev.hyperflow.models.internal.make.EncoderFolder;
import dev.hyperflow.models.internal.verify.Finding.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderVerifierTest {

  private static final int WIDTH = 6;

  @TempDir Path directory;

  private long nanos;

  @Test
  void shouldReportWhatAnEncoderKeeps() throws IOException {
    make(EncoderChoices.none());
    String vector = Arrays.toString(TinyEncoders.vector(WIDTH, "mean", 2, 4, 5, 3));
    TinyEncoders.write(directory, "e", "{'text':'lost card','vector':" + vector + "}");
    List<Finding> told = new ArrayList<>();

    Report report =
        EncoderVerifier.verify(
            bundle(),
            Optional.of(ExpectedVectors.read(directory.resolve("e"))),
            List.of("lost card", "card of gold", "\u0e1a\u0e31"),
            this::nanos,
            told::add);

    assertThat(report.ok()).isTrue();
    assertThat(report.findings())
        .isEqualTo(told)
        .extracting(Finding::check)
        .containsExactly("parity", "bits", "length", "words", "encoder-speed");
    assertThat(finding(report, "words").found())
        .isEqualTo(
            "50.0 % unknown tokens; of 3 texts, 1 without a known word are refused"
                + " (NO_KNOWN_WORDS), 0 are cut");
    assertThat(finding(report, "encoder-speed").found()).isEqualTo("3, of texts of 8 characters");
  }

  @Test
  void shouldFailVectorsThatAreNotThoseOfTheFile() throws IOException {
    make(EncoderChoices.none());
    String cls = Arrays.toString(TinyEncoders.vector(WIDTH, "cls", 2, 4, 5, 3));
    TinyEncoders.write(directory, "e", "[{'text':'lost card','vector':" + cls + "}]");
    TinyEncoders.write(directory, "w", "[{'text':'lost card','vector':[1, 2]}]");

    assertThat(parity("e").status()).isEqualTo(Status.FAILED);
    assertThat(parity("e").found()).contains("compare pooling, normalisation, prefixes");
    assertThat(parity("w").status()).isEqualTo(Status.FAILED);
    assertThat(parity("w").found()).isEqualTo("vectors of 6 features, not of 2");
  }

  @Test
  void shouldNoteVectorsOfAnotherLengthAndLanguagesThatItCannotRead() throws IOException {
    make(
        new EncoderChoices(
            Optional.empty(),
            Optional.empty(),
            Optional.of(false),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty()));

    Report report =
        EncoderVerifier.verify(bundle(), Optional.empty(), List.of(), this::nanos, finding -> {});

    assertThat(finding(report, "length").status()).isEqualTo(Status.NOTE);
    assertThat(finding(report, "length").found()).endsWith("--normalise scales them");
    assertThat(finding(report, "languages").found())
        .startsWith("words: none; mostly unknown: English")
        .contains("refused (NO_KNOWN_WORDS): ")
        .contains("Thai");
  }

  @Test
  void shouldRefuseAFileWithoutVectors() {
    TinyEncoders.write(directory, "e", "{'text': 'a', 'vector': ['b']}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedVectors.read(directory.resolve("e")))
        .withMessageContaining("e: object 1: expected numbers in \"vector\", found");
    TinyEncoders.write(directory, "e", "[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedVectors.read(directory.resolve("e")))
        .withMessageContaining("e: expected at least one object, found none");
    TinyEncoders.write(directory, "e", "text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedVectors.read(directory.resolve("e")))
        .withMessageContaining("e: expected JSON, found");
  }

  private Finding parity(String file) throws IOException {
    Report report =
        EncoderVerifier.verify(
            bundle(),
            Optional.of(ExpectedVectors.read(directory.resolve(file))),
            List.of("lost card"),
            this::nanos,
            finding -> {});
    assertThat(report.ok()).isFalse();
    return finding(report, "parity");
  }

  private static Finding finding(Report report, String check) {
    return report.findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private void make(EncoderChoices choices) throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), Tokens.WORD_PIECE, WIDTH, "mean");
    EncoderBundle.make(
        EncoderFolder.read(folder, choices),
        ShippedBundles.ANALYTIC,
        new BundlePlan.Label("tiny", "A bundle for tests.", "Apache-2.0"),
        directory.resolve("out"));
  }

  private String bundle() {
    return directory.resolve("out").toString();
  }

  /** A second later each time that it is asked. */
  private long nanos() {
    return nanos += 1_000_000_000L;
  }
}
