package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TestBundles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEncoderTest {

  /** Against values of another implementation, on another build of the runtime. */
  private static final float GOLDEN_TOLERANCE = 1e-5f;

  private static final double LENGTH_TOLERANCE = 1e-6;

  private final Encoder encoder = TestBundles.SHIPPED.encoder().orElseThrow();

  @Test
  void shouldAgreeWithIndependentlyComputedVectors() throws IOException {
    // Given the vectors that make_embeddings.py computed
    JsonNode golden;
    try (InputStream in = getClass().getResourceAsStream("/golden/minilm-embeddings.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    List<String> texts = new ArrayList<>();
    golden.forEach(row -> texts.add(row.get("text").asText()));

    // When
    float[][] vectors = encoder.encode(texts);

    // Then
    assertThat(golden).hasSize(8);
    for (int i = 0; i < vectors.length; i++) {
      JsonNode expected = golden.get(i).get("vector");
      assertThat(vectors[i]).hasSize(384).hasSize(expected.size());
      for (int d = 0; d < vectors[i].length; d++) {
        assertThat(vectors[i][d])
            .as("text %d, column %d", i, d)
            .isCloseTo((float) expected.get(d).asDouble(), within(GOLDEN_TOLERANCE));
      }
    }
  }

  @Test
  void shouldPlaceParaphrasesCloserThanStrangers() {
    // Given two complaints about one thing, and one about another
    float[][] v =
        encoder.encode(
            List.of(
                "My card was swallowed by the machine at the station.",
                "the cash machine kept my card!!",
                "How long until the sofa arrives?"));

    // Then
    assertThat(cosine(v[0], v[1])).isGreaterThan(0.6);
    assertThat(cosine(v[0], v[2])).isLessThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n\t", "\u0000", "\ud83d", "a\udc00b", "[MASK] [PAD] [CLS]", "…………"})
  void shouldGiveAFiniteUnitVectorForAnyText(String text) {
    // When
    float[] vector = encoder.encode(List.of(text))[0];

    // Then
    assertThat(Math.sqrt(cosine(vector, vector))).isCloseTo(1.0, within(LENGTH_TOLERANCE));
  }

  @Test
  void shouldTruncateLongTexts() {
    // Given two texts that differ only far beyond 256 tokens
    String start = "word ".repeat(300);

    // When
    float[][] vectors = encoder.encode(List.of(start + "alpha", start + "omega"));

    // Then
    assertThat(vectors[0]).isEqualTo(vectors[1]);
  }

  @Test
  void shouldReturnNoRowsForNoTexts() {
    assertThat(encoder.encode(List.of())).isEmpty();
  }

  @Test
  void shouldRefuseNull() {
    assertThatNullPointerException().isThrownBy(() -> encoder.encode(Arrays.asList("a", null)));
  }

  @Test
  void shouldNameItsContent() {
    assertThat(encoder.id()).matches("all-minilm-l6-v2@[0-9a-f]{12}");
    assertThat(encoder.dimension()).isEqualTo(384);
  }

  @Test
  void shouldGiveTheSameBitsOnManyThreads() throws Exception {
    // Given
    List<String> texts = List.of("one", "two words", "three words here", "one", "and a few more");
    float[][] expected = encoder.encode(texts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      // When
      List<Callable<float[][]>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(() -> encoder.encode(texts));
      }
      // Then
      for (Future<float[][]> call : threads.invokeAll(calls)) {
        assertThat(Arrays.deepEquals(call.get(), expected)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
