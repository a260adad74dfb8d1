package dev.hyperflow.engine.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.Head;
import org.junit.jupiter.api.Test;

class FeatureVectorTest {

  @Test
  void shouldNotChangeWithTheArraysThatGoInAndOut() {
    float[] values = {1, 2};
    FeatureVector vector = FeatureVector.of(values);
    values[0] = 9;
    vector.toArray()[1] = 9;

    assertThat(vector.toArray()).containsExactly(1, 2);
    assertThat(vector.dimension()).isEqualTo(2);
    assertThat(vector.get(1)).isEqualTo(2);
  }

  @Test
  void shouldScoreAsTheHeadDoes() {
    Head head = Head.of(2, 2, new float[] {1, 2, 3, 4, 5, 6});
    float[] logits = new float[2];

    FeatureVector.ofOwned(new float[] {7, 8}).logits(head, logits);

    assertThat(logits).containsExactly(26, 74);
  }

  @Test
  void shouldBeEqualBitForBit() {
    FeatureVector vector = FeatureVector.of(new float[] {0f, Float.NaN});

    assertThat(vector)
        .isEqualTo(FeatureVector.of(new float[] {0f, Float.NaN}))
        .hasSameHashCodeAs(FeatureVector.of(new float[] {0f, Float.NaN}))
        .isNotEqualTo(FeatureVector.of(new float[] {-0f, Float.NaN}))
        .isNotEqualTo(FeatureVector.of(new float[] {0f}));
  }

  @Test
  void shouldFindTheFirstValueBeyondALimit() {
    assertThat(FeatureVector.of(new float[] {1, -2, 2}).firstBeyond(2)).isEqualTo(-1);
    assertThat(FeatureVector.of(new float[] {1, -2.5f, 3}).firstBeyond(2)).isEqualTo(1);
    assertThat(FeatureVector.of(new float[] {1, 2, Float.NaN}).firstBeyond(2)).isEqualTo(2);
    assertThat(FeatureVector.of(new float[] {Float.NEGATIVE_INFINITY}).firstBeyond(2)).isZero();
  }

  @Test
  void shouldRefuseToBeEmptyAndKeepItsValuesOutOfLogs() {
    assertThatThrownBy(() -> FeatureVector.of(new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("features: expected at least one value, found none");
    assertThat(FeatureVector.of(new float[] {42})).hasToString("FeatureVector[1]");
  }
}
