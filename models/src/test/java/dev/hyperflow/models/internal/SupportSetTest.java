package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportSetTest {

  @Test
  void shouldKeepWhatWasAddedInOrder() {
    // Given more examples than the builder starts with room for
    SupportSet.Builder builder = SupportSet.builder(2, 3);
    float[] x = new float[2];
    for (int i = 0; i < 40; i++) {
      x[0] = i;
      builder.add(i % 3, 1 + i, x);
    }

    // When
    SupportSet set = builder.build();

    // Then
    assertThat(set.examples()).isEqualTo(40);
    assertThat(set.label(38)).isEqualTo(2);
    assertThat(set.weight(38)).isEqualTo(39f);
    assertThat(set.features(38)).containsExactly(38, 0);
    assertThat(set.feature(38, 0)).isEqualTo(38f);
    FloatBuffer buffer = FloatBuffer.allocate(80);
    set.writeFeatures(buffer);
    assertThat(buffer.get(76)).isEqualTo(38f);
  }

  @Test
  void shouldBeASnapshot() {
    // Given
    SupportSet.Builder builder = SupportSet.builder(1, 1).add(0, 1f, new float[] {1});
    SupportSet before = builder.build();

    // When
    builder.add(0, 1f, new float[] {2});

    // Then
    assertThat(before.examples()).isEqualTo(1);
    assertThat(builder.build().examples()).isEqualTo(2);
  }

  @Test
  void shouldCompareContentAndOrder() {
    Random random = new Random(5);
    SupportSet set = Fixtures.supportSet(random, 3, 2, 4);
    SupportSet.Builder same = SupportSet.builder(3, 2);
    SupportSet.Builder reversed = SupportSet.builder(3, 2);
    for (int i = 0; i < 4; i++) {
      same.add(set.label(i), set.weight(i), set.features(i));
      reversed.add(set.label(3 - i), set.weight(3 - i), set.features(3 - i));
    }
    assertThat(same.build()).isEqualTo(set).hasSameHashCodeAs(set);
    assertThat(reversed.build()).isNotEqualTo(set);
  }

  @Test
  void shouldRefuseALabelWithoutExamples() {
    assertThatIllegalStateException()
        .isThrownBy(() -> SupportSet.builder(1, 2).add(0, 1f, new float[1]).build())
        .withMessage("label 1: expected an example, found none");
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -1f, 1000.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void shouldRefuseWeightsOutOfRange(float weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportSet.builder(1, 1).add(0, weight, new float[1]))
        .withMessageStartingWith("weight: expected above 0 and at most 1000.0, found");
  }

  @ParameterizedTest
  @ValueSource(floats = {1.1e6f, -1.1e6f, Float.NaN, Float.NEGATIVE_INFINITY})
  void shouldRefuseFeaturesOutOfRange(float feature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportSet.builder(1, 1).add(0, 1f, new float[] {feature}))
        .withMessageStartingWith("features: expected floats within");
  }

  @Test
  void shouldRefuseShapesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportSet.builder(2, 1).add(0, 1f, new float[3]))
        .withMessage("features: expected 2 floats, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SupportSet.builder(2, 1).add(1, 1f, new float[2]))
        .withMessage("label: expected 0 to 0, found 1");
    assertThatIllegalArgumentException().isThrownBy(() -> SupportSet.builder(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> SupportSet.builder(1, 0));
  }
}
