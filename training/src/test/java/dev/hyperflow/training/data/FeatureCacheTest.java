package dev.hyperflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.TextPrefixes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

  private static final int TEXTS = 700;

  @TempDir private Path directory;
  private final TextEncoder encoder = new TextEncoder();
  private final LabelledTexts texts =
      LabelledTexts.of(
          "tenants/a",
          IntStream.range(0, TEXTS)
              .mapToObj(i -> new Utterance("t", "label" + i % 2, "x".repeat(i % 90) + i))
              .toList());

  @Test
  void shouldEncodeOnceAndGiveTheSameFromDisk() throws InterruptedException {
    // Given
    FeatureCache cache = new FeatureCache(directory, 2);
    List<Double> progress = new ArrayList<>();

    // When
    LabelledFeatures first = cache.features(texts, encoder, progress::add);
    LabelledFeatures second = cache.features(texts, encoder, progress::add);

    // Then
    assertThat(encoder.texts).hasValue(TEXTS);
    assertThat(progress).isSorted().endsWith(1.0).doesNotContain(0.0);
    assertThat(first.labels()).containsExactly("label0", "label1");
    for (int i = 0; i < TEXTS; i++) {
      float[] expected = TextEncoder.vector(texts.texts().get(i).text());
      assertThat(first.row(i % 2, i / 2)).isEqualTo(expected);
      assertThat(second.row(i % 2, i / 2)).isEqualTo(expected);
    }
  }

  @Test
  void shouldEncodeATextOnceForEachRoleThatTheEncoderKnows() throws InterruptedException {
    // Given
    FeatureCache cache = new FeatureCache(directory, 2);
    TextEncoder roles = new TextEncoder(new TextPrefixes("query: ", "passage: "));
    TextEncoder alike = new TextEncoder(new TextPrefixes("query: ", "query: "));

    // When
    LabelledFeatures two = cache.features(texts, roles, done -> {});
    LabelledFeatures again = cache.features(texts, roles, done -> {});
    LabelledFeatures one = cache.features(texts, alike, done -> {});

    // Then
    String text = texts.texts().get(5).text();
    for (LabelledFeatures found : List.of(two, again, two.subset("/a", List.of(0, 1)))) {
      assertThat(found.row(1, 2)).isEqualTo(TextEncoder.vector("query: " + text));
      assertThat(found.example(1, 2)).isEqualTo(TextEncoder.vector("passage: " + text));
    }
    assertThat(two.subset("/b", List.of(1)).example(0, 2))
        .isEqualTo(TextEncoder.vector("passage: " + text));
    assertThat(one.example(1, 2)).isSameAs(one.row(1, 2));
    assertThat(roles.texts).hasValue(2 * TEXTS);
    // An episode learns from the one and asks with the other
    Episode episode = new SettingSampler(Setting.parse("2x3"), 1, 1).sample(two, 0);
    assertThat(texts.texts()).anyMatch(found -> isOf("passage: ", found, episode.support()[0]));
    assertThat(texts.texts()).anyMatch(found -> isOf("query: ", found, episode.queries()[0]));
    assertThat(two.map(x -> new float[] {x[0]}).example(1, 2)).hasSize(1);
  }

  private static boolean isOf(String prefix, Utterance text, float[] vector) {
    return Arrays.equals(TextEncoder.vector(prefix + text.text()), vector);
  }

  @Test
  void shouldEncodeAgainWhatWasDamaged() throws Exception {
    // Given
    FeatureCache cache = new FeatureCache(directory, 1);
    cache.features(texts, encoder, done -> {});
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[100]++;
    Files.write(file, bytes);

    // When
    LabelledFeatures again = cache.features(texts, encoder, done -> {});

    // Then
    assertThat(encoder.texts).hasValue(2 * TEXTS);
    assertThat(again.row(0, 0)).isEqualTo(TextEncoder.vector("0"));
  }

  @Test
  void shouldKeepTheLayoutOfItsFiles() throws IOException {
    // Given
    Path file = directory.resolve("golden");

    // When
    FeatureFile.write(file, new float[][] {{1f, -2f}});

    // Then: magic, version, rows, dimension, two floats, CRC-32C
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
        .isEqualTo(
            "48464656" + "01000000" + "01000000" + "02000000" + "0000803f000000c0" + "c9f236aa");
    assertThat(FeatureFile.read(file, 1, 2))
        .hasValueSatisfying(rows -> assertThat(rows[0]).containsExactly(1f, -2f));
    assertThat(FeatureFile.read(file, 2, 1)).isEmpty();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
