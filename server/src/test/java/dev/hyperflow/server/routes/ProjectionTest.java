package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.event.FeatureVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void shouldFindTheDirectionsOfLargestVariance() {
    // Given points that vary by 3 along one axis, by 1 along another, around a point that is not 0
    List<FeatureVector> sample = new ArrayList<>();
    for (float a : new float[] {-3, 3}) {
      for (float b : new float[] {-1, 1}) {
        sample.add(FeatureVector.of(new float[] {5, 7 + a, 9 + b}));
      }
    }

    // When
    Projection projection = Projection.of(sample);

    // Then
    FeatureVector point = FeatureVector.of(new float[] {5, 10, 8});
    assertThat(projection.at(point, 0)).isCloseTo(3, within(TOLERANCE));
    assertThat(Math.abs(projection.at(point, 1))).isCloseTo(1, within(TOLERANCE));
    assertThat(projection.explained(0)).isCloseTo(0.9, within(TOLERANCE));
    assertThat(projection.explained(1)).isCloseTo(0.1, within(TOLERANCE));
  }

  @Test
  void shouldGiveEqualMapsForEqualFeatures() {
    List<FeatureVector> sample = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      float[] values = new float[8];
      for (int d = 0; d < values.length; d++) {
        values[d] = random.nextFloat();
      }
      sample.add(FeatureVector.of(values));
    }

    Projection one = Projection.of(sample);
    Projection other = Projection.of(List.copyOf(sample));

    for (FeatureVector vector : sample) {
      assertThat(one.at(vector, 0)).isEqualTo(other.at(vector, 0)).isFinite();
      assertThat(one.at(vector, 1)).isEqualTo(other.at(vector, 1)).isFinite();
    }
    assertThat(one.explained(0)).isGreaterThanOrEqualTo(one.explained(1));
  }

  @Test
  void shouldPutAllInOnePlaceWhereNothingVaries() {
    FeatureVector only = FeatureVector.of(new float[] {1, 2});

    Projection projection = Projection.of(List.of(only, only));

    assertThat(projection.at(only, 0)).isZero();
    assertThat(projection.at(only, 1)).isZero();
    assertThat(projection.explained(0)).isZero();
  }
}
