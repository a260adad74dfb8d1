package dev.hyperflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InnerLayersTest {

  private static final int OUTER = 2;
  private static final int WIDTH = 3;
  private static final float[] MEAN = {5, 6, 7};

  @Test
  void shouldFindTheMeanAndTheAxisOfLargestVariance() {
    // When
    byte[] projection = InnerLayers.projection(List.of(set()), WIDTH, 1);

    // Then: texts vary most in their last column but one
    FloatBuffer floats = ByteBuffer.wrap(projection).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    assertThat(floats.remaining()).isEqualTo(2 * WIDTH);
    for (int d = 0; d < WIDTH; d++) {
      assertThat(floats.get(d)).isCloseTo(MEAN[d], within(0.3f));
    }
    assertThat(Math.abs(floats.get(WIDTH + 1))).isCloseTo(1, within(0.05f));
  }

  @Test
  void shouldProjectTheLastColumnsAndKeepTheOthers() {
    LabelledFeatures set = set();
    byte[] projection = InnerLayers.projection(List.of(set), WIDTH, 2);

    // When
    LabelledFeatures projected = InnerLayers.project(set, projection, WIDTH);

    // Then
    assertThat(projected.dimension()).isEqualTo(OUTER + 2);
    for (int text = 0; text < set.count(0); text++) {
      float[] row = projected.row(0, text);
      assertThat(row[0]).isEqualTo(set.row(0, text)[0]);
      assertThat(row[1]).isEqualTo(set.row(0, text)[1]);
      assertThat(Math.hypot(row[2], row[3])).isCloseTo(1, within(1e-6));
    }
  }

  private static LabelledFeatures set() {
    Random random = new Random(3);
    List<Utterance> texts = new ArrayList<>();
    float[][] rows = new float[400][];
    for (int i = 0; i < rows.length; i++) {
      texts.add(new Utterance("t", i % 2 == 0 ? "a" : "b", "text " + i));
      rows[i] =
          new float[] {
            i,
            -i,
            MEAN[0] + 0.3f * (float) random.nextGaussian(),
            MEAN[1] + 2 * (float) random.nextGaussian(),
            MEAN[2] + 0.5f * (float) random.nextGaussian()
          };
    }
    return LabelledFeatures.of(LabelledTexts.of("set", texts), rows);
  }
}
