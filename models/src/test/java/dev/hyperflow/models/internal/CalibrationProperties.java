package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CalibrationProperties {

  private static final double SUM_TOLERANCE = 1e-6;

  @Property
  void shouldGiveADistributionThatKeepsTheOrder(
      @ForAll @Size(min = 1, max = 200) float[] logits,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double temperature) {
    // Given finite logits of any size
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Float.isFinite(logits[i]) ? logits[i] : 0f;
    }
    float[] p = new float[logits.length];

    // When
    Calibration.of(temperature).probabilities(logits, 1, p);

    // Then
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      assertThat(p[i]).isBetween(0f, 1f);
      sum += p[i];
      for (int j = 0; j < i; j++) {
        if (logits[i] > logits[j]) {
          assertThat(p[i]).isGreaterThanOrEqualTo(p[j]);
        }
      }
    }
    assertThat(sum).isCloseTo(1.0, within(SUM_TOLERANCE));
  }

  @Property(tries = 100)
  void shouldDivideByTheTemperature(
      @ForAll @FloatRange(min = -5, max = 5) float gap,
      @ForAll @DoubleRange(min = 0.1, max = 10) double temperature) {
    float[] p = new float[2];
    Calibration.of(temperature).probabilities(new float[] {gap, 0f}, 1, p);
    assertThat((double) p[0])
        .isCloseTo(1 / (1 + Math.exp(-gap / temperature)), within(SUM_TOLERANCE));
  }

  @Example
  void shouldPinItsBits() {
    float[] p = new float[3];
    Calibration.of(0.7).probabilities(new float[] {1f, 2.5f, -0.3f}, 1, p);
    assertThat(new int[] {bits(p[0]), bits(p[1]), bits(p[2])})
        .containsExactly(1037275824, 1063349425, 1015291671);
  }

  @Example
  void shouldWriteInPlaceAndLeaveTheRestAlone() {
    float[] values = {0f, 0f, 7f};
    float[] two = {3f, 3f};
    Calibration.of(1).probabilities(two, 1, two);
    Calibration.of(1).probabilities(new float[] {3f, 3f}, 1, values);
    assertThat(two).containsExactly(0.5f, 0.5f);
    assertThat(values).containsExactly(0.5f, 0.5f, 7f);
  }

  @Property(tries = 100)
  void shouldDependOnTheSizeOfATask(
      @ForAll @IntRange(min = 1, max = 200) int labels,
      @ForAll @IntRange(min = 0, max = 10_000) int more) {
    Calibration calibration = Calibration.of(1.2, new SizeEffect(-0.5, 0.15));
    int examples = labels + more;
    double shots = (double) examples / labels;
    assertThat(calibration.temperature(labels, examples))
        .isCloseTo(
            1.2 * Math.exp(-0.5 / shots) * Math.pow(labels, 0.15 / Math.sqrt(shots)), within(1e-9));
    assertThat(Calibration.of(1.2).temperature(labels, examples)).isEqualTo(1.2);
  }

  @Example
  void shouldKeepTheTemperatureInRange() {
    SizeEffect steep = new SizeEffect(10, 10);
    assertThat(Calibration.of(1, steep).temperature(200, 200)).isEqualTo(1000);
    assertThat(Calibration.of(1, new SizeEffect(-10, 0)).temperature(2, 2)).isEqualTo(0.001);
  }

  @Example
  void shouldRefuseTemperaturesOutOfRange() {
    for (double temperature : new double[] {0, -1, 1001, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Calibration.of(temperature))
          .withMessageStartingWith("temperature: expected 0.001 to 1000.0, found");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Calibration.of(1).probabilities(new float[0], 1, new float[0]));
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }
}
