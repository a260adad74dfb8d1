package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResumableAdamTest {

  private static final int SIZE = 7;
  private static final double RATE = 0.01;
  private static final float TOLERANCE = 1e-4f;

  @Test
  void shouldFollowTheFormulaOnGradientsCutToLengthOne() {
    // Given the formula of Kingma and Ba, in double precision
    Random random = new Random(3);
    ResumableAdam adam = new ResumableAdam(SIZE);
    float[] values = new float[SIZE];
    double[] expected = new double[SIZE];
    double[] mean = new double[SIZE];
    double[] square = new double[SIZE];

    for (int step = 1; step <= 60; step++) {
      // When
      float[] gradient = gradient(random, step % 2 == 0 ? 5f : 0.01f);
      adam.step(values, gradient, RATE);

      // Then
      double length = 0;
      for (float g : gradient) {
        length += (double) g * g;
      }
      double scale = 1 / Math.max(1, Math.sqrt(length));
      for (int i = 0; i < SIZE; i++) {
        double g = gradient[i] * scale;
        mean[i] = 0.9 * mean[i] + 0.1 * g;
        square[i] = 0.98 * square[i] + 0.02 * g * g;
        double correctedMean = mean[i] / (1 - Math.pow(0.9, step));
        double correctedSquare = square[i] / (1 - Math.pow(0.98, step));
        expected[i] -= RATE * correctedMean / (Math.sqrt(correctedSquare) + 1e-8);
        assertThat((double) values[i]).isCloseTo(expected[i], within((double) TOLERANCE));
      }
    }
  }

  @Test
  void shouldContinueWithTheSameBitsAfterItWasReadBack() throws Exception {
    // Given
    Random random = new Random(4);
    ResumableAdam adam = new ResumableAdam(SIZE);
    float[] values = new float[SIZE];
    for (int step = 0; step < 5; step++) {
      adam.step(values, gradient(random, 1f), RATE);
    }

    // When
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    adam.write(new DataOutputStream(bytes));
    ResumableAdam read =
        ResumableAdam.read(
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), SIZE);

    // Then
    float[] same = values.clone();
    float[] gradient = gradient(random, 1f);
    adam.step(values, gradient, RATE);
    read.step(same, gradient, RATE);
    assertThat(same).containsExactly(values);
  }

  private static float[] gradient(Random random, float scale) {
    float[] gradient = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      gradient[i] = scale * (float) random.nextGaussian();
    }
    return gradient;
  }
}
