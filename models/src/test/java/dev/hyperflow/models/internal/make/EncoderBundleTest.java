package dev.hyperflow.models.internal.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.TextTokens;
import dev.hyperflow.models.internal.TinyEncoders;
import dev.hyperflow.models.internal.TinyEncoders.Tokens;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderBundleTest {

  private static final BundlePlan.Label LABEL =
      new BundlePlan.Label("tiny", "A bundle for tests.", "Apache-2.0");
  private static final float TOLERANCE = 1e-6f;

  /** Ids of "lost card" with its special tokens. */
  private static final Map<Tokens, int[]> LOST_CARD =
      Map.of(
          Tokens.WORD_PIECE, new int[] {2, 4, 5, 3},
          Tokens.UNIGRAM, new int[] {2, 5, 6, 3});

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "WORD_PIECE, mean, 7",
    "WORD_PIECE, cls, 24",
    "UNIGRAM, mean, 768",
    "UNIGRAM, cls, 16"
  })
  void shouldEncodeAsTheFolderSays(Tokens kind, String pooling, int width) throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), kind, width, pooling);

    try (Bundle bundle = bundle(folder, EncoderChoices.none())) {
      Encoder encoder = bundle.encoder().orElseThrow();
      assertThat(encoder.dimension()).isEqualTo(width);
      assertThat(encoder.encode(List.of("lost card"))[0])
          .containsExactly(
              TinyEncoders.vector(width, pooling, LOST_CARD.get(kind)), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @CsvSource({"BYTE_LEVEL, 3", "BYTE_FALLBACK, 5"})
  void shouldTakeBytePairsOfBothKinds(Tokens kind, int width) throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), kind, width, "mean");

    try (Bundle bundle = bundle(folder, EncoderChoices.none())) {
      Encoder encoder = bundle.encoder().orElseThrow();
      assertThat(encoder.tokens(List.of("lost card", "\u0e1a")).orElseThrow())
          .containsExactly(new TextTokens(2, 0, false), new TextTokens(0, 3, false));
      assertThat(encoder.encode(List.of("lost card"))[0]).hasSize(width);
    }
  }

  @ParameterizedTest
  @CsvSource({"minilm-analytic-v0", "minilm-drift-v1", "minilm-drift-v2"})
  void shouldFitEveryShippedNetworkToAnyWidth(String network) throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), Tokens.WORD_PIECE, 40, "mean");

    Manifest made =
        EncoderBundle.make(
            EncoderFolder.read(folder, EncoderChoices.none()),
            "classpath:bundles/" + network,
            LABEL,
            directory.resolve("out"));

    // Then it has one block, and nothing that was fitted to the other encoder's vectors
    assertThat(made.innerWidth()).isZero();
    assertThat(made.calibration().scope()).isNull();
    assertThat(made.provenance().evaluation()).isEmpty();
    try (Bundle bundle = load()) {
      Integration head =
          bundle
              .integrator()
              .integrate(List.of(Fixtures.supportSet(new Random(1), 40, 3, 12)))
              .get(0);
      assertThat(head.trace().finite()).isTrue();
    }
  }

  @Test
  void shouldNameAnotherSpaceForOtherPrefixesAndLeaveTextsToTheCaller() throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), Tokens.WORD_PIECE, 8, "mean");
    String plain;
    float[] withPrefix;
    try (Bundle bundle = bundle(folder, EncoderChoices.none())) {
      plain = bundle.encoder().orElseThrow().id();
      withPrefix = bundle.encoder().orElseThrow().encode(List.of("query: lost card"))[0];
    }
    EncoderChoices prefixes =
        new EncoderChoices(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("query: "),
            Optional.of("passage: "),
            OptionalInt.of(8));
    try (Bundle bundle = bundle(folder, prefixes)) {
      Encoder encoder = bundle.encoder().orElseThrow();
      assertThat(encoder.id()).isNotEqualTo(plain);
      assertThat(encoder.prefixes()).isEqualTo(new TextPrefixes("query: ", "passage: "));
      assertThat(encoder.encode(List.of("query: lost card"))[0]).isEqualTo(withPrefix);
      // 8 tokens are 2 special ones, 2 of the prefix and 4 of the text
      assertThat(encoder.tokens(List.of("lost card late order", "lost card late order money")))
          .hasValue(List.of(new TextTokens(4, 0, false), new TextTokens(5, 0, true)));
    }
  }

  @Test
  void shouldRefuseAModelOfAnotherWidthThanItSays() throws IOException {
    Path folder = TinyEncoders.folder(directory.resolve("in"), Tokens.WORD_PIECE, 8, "mean");
    Manifest made =
        EncoderBundle.make(
            EncoderFolder.read(folder, EncoderChoices.none()),
            ShippedBundles.ANALYTIC,
            LABEL,
            directory.resolve("out"));
    Manifest.EncoderReference said = made.encoder();
    BundleWriter.write(
        directory.resolve("out"),
        BundleFiles.read(directory.resolve("out").toString()).content(),
        hashes ->
            made.with(
                new Manifest.EncoderReference(
                    said.id(),
                    said.model(),
                    said.modelSha256(),
                    said.tokenizer(),
                    said.tokenizerSha256(),
                    said.pooling(),
                    said.normalise(),
                    said.maxTokens(),
                    9),
                null,
                hashes));

    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(this::load)
        .withMessageContaining(
            "expected output last_hidden_state float[?,?,9], found float[?,?,8]");
  }

  private Bundle bundle(Path folder, EncoderChoices choices) throws IOException {
    EncoderBundle.make(
        EncoderFolder.read(folder, choices),
        ShippedBundles.ANALYTIC,
        LABEL,
        directory.resolve("out"));
    return load();
  }

  private Bundle load() {
    return Bundle.load(
        directory.resolve("out").toString(), BundleOptions.defaults().withWarmUp(false));
  }
}
