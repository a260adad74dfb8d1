package dev.hyperflow.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The made-up texts and vectors. */
class SamplesTest {

  @Test
  void shouldMakeDifferentTextsOfEightToThirtyTwoWords() {
    List<String> texts = SampleTexts.of(1_000);
    assertThat(texts).doesNotHaveDuplicates().isEqualTo(SampleTexts.of(1_000));
    assertThat(texts).allSatisfy(text -> assertThat(text.split(" ")).hasSizeBetween(8, 32));
  }

  @Test
  void shouldMakeTheSameVectorsOfLengthOne() {
    Vectors vectors = new Vectors(16, 3);
    double squares = 0;
    for (float x : vectors.get(5)) {
      squares += (double) x * x;
    }
    assertThat(squares).isCloseTo(1, within(1e-6));
    assertThat(new Vectors(16, 3).get(5)).containsExactly(vectors.get(5));
    assertThat(vectors.get(5 + 1_024)).isSameAs(vectors.get(5));
  }
}
