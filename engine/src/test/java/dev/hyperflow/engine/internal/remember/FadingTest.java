package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FadingTest {
  private static final FeatureVector FEATURES = FeatureVector.of(new float[] {0.25f, -1f});
  private static final Fading FADING = new Fading(100);

  @Test
  void shouldHalveTheWeightWithEachHalfLife() {
    assertThat(FADING.weight(example(1_000, 3), 1_000)).isEqualTo(3);
    assertThat(FADING.weight(example(900, 3), 1_000)).isEqualTo(1.5f);
    assertThat(FADING.weight(example(800, 3), 1_000)).isEqualTo(0.75f);
    assertThat(FADING.weight(example(950, 3), 1_000)).isEqualTo((float) (3 / Math.sqrt(2)));
  }

  @Test
  void shouldKeepAThousandthOfTheWeightHoweverOldTheExampleIs() {
    assertThat(FADING.weight(example(0, 3), 1_000_000)).isEqualTo(3e-3f);
    assertThat(FADING.weight(example(Long.MIN_VALUE, 3), Long.MAX_VALUE)).isEqualTo(3e-3f);
    assertThat(FADING.weight(example(0, Float.MIN_VALUE), 1_000)).isEqualTo(Float.MIN_VALUE);
  }

  @Test
  void shouldKeepTheWeightWhenItIsOff() {
    assertThat(Fading.OFF.weight(example(0, 3), Long.MAX_VALUE)).isEqualTo(3);
  }

  @Test
  void shouldRefuseAHalfLifeOutOfRange() {
    assertThatThrownBy(() -> new Fading(-1))
        .hasMessage("halfLifeMillis: expected 0 to 3153600000000, found -1");
  }

  @Test
  void shouldHashTimeAndHalfLife() {
    // Golden: the layout under the hash is part of every fingerprint ever written.
    Fingerprint content = ExampleHash.of("event-1", "red", 1.5f, FEATURES);

    Fingerprint hash = ExampleHash.faded(content, 7, FADING);

    assertThat(hash.toHex()).isEqualTo("1b4abcc43e73648d5a6c9357f6223cd7");
    assertThat(hash.high()).isEqualTo(content.high());
    assertThat(
            List.of(
                hash,
                content,
                ExampleHash.faded(content, 8, FADING),
                ExampleHash.faded(content, 7, new Fading(101))))
        .doesNotHaveDuplicates();
    assertThat(ExampleHash.faded(content, 7, Fading.OFF)).isEqualTo(content);
  }

  private static Example example(long timestampMillis, float weight) {
    return new Example(
        "e",
        timestampMillis,
        new ExampleTerms(weight, ExampleTerms.NEVER),
        Fingerprint.EMPTY,
        FEATURES,
        Optional.empty());
  }
}
