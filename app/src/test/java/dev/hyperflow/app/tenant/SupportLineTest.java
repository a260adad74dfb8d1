package dev.hyperflow.app.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.json.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SupportLineTest {
  private static final int FEATURES = 500_000;

  @Test
  void shouldKeepEveryBitOfFeatures() {
    // Given floats of all magnitudes, subnormal ones and both zeros
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<Float> features = new ArrayList<>(List.of(0f, -0f, Float.MIN_VALUE, Float.MIN_NORMAL));
    while (features.size() < FEATURES) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        features.add(value);
      }
    }

    // When
    SupportLine line = SupportLine.read(1, SupportLine.write(add("label", features, 0.1f)));

    // Then
    for (int i = 0; i < features.size(); i++) {
      assertThat(Float.floatToRawIntBits(line.event().features().get(i)))
          .as("seed %d, feature %d, %s", seed, i, features.get(i))
          .isEqualTo(Float.floatToRawIntBits(features.get(i)));
    }
    assertThat(line.event().weight()).isEqualTo(0.1f);
  }

  @Test
  void shouldKeepEveryCharacterOnOneLineOfAscii() {
    String label = "a\nb\r\u2028\u0000\u0007\u00e4\ud83d\ude00\"\\";

    String text = SupportLine.write(add(label, List.of(1f), 1f));

    assertThat(text.chars()).allMatch(c -> c >= ' ' && c < 0x7F);
    assertThat(SupportLine.read(1, text).event().label()).isEqualTo(label);
  }

  private static Write.Support add(String label, List<Float> features, float weight) {
    return new Write.Support(
        Write.Operation.ADD,
        "e",
        label,
        null,
        features,
        weight,
        null,
        null,
        null,
        null,
        7L,
        "encoder",
        null);
  }
}
