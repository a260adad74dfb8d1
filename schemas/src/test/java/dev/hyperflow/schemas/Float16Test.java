package dev.hyperflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
  private static final int PATTERNS = 1 << 16;
  private static final long SEED = 20260101;

  @Test
  void shouldKeepEveryHalfThroughFloatAndBack() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      short half = (short) bits;
      assertThat(Float16.fromFloat(Float16.toFloat(half))).as("half 0x%04x", bits).isEqualTo(half);
    }
  }

  @Test
  void shouldWidenExactlyAsTheDefinitionOfBinary16Says() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      assertThat((double) Float16.toFloat((short) bits))
          .as("half 0x%04x", bits)
          .isEqualTo((Double) definition(bits));
    }
  }

  @Test
  void shouldNarrowToTheNearestHalfForRandomFloats() {
    // Given floats of every size that a half can hold, and a little beyond
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200_000; i++) {
      float value = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(-27, 16));

      // When one is narrowed
      int half = Float16.fromFloat(value) & 0xffff;

      // Then no neighbour is nearer
      double error = distance(half, value);
      if (half > 0) {
        assertThat(error).as("%s, below", value).isLessThanOrEqualTo(distance(half - 1, value));
      }
      if (half < 0x7c00) {
        assertThat(error).as("%s, above", value).isLessThanOrEqualTo(distance(half + 1, value));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 0x3c00",
    "-2.0, 0xc000",
    "65504, 0x7bff",
    "65519.99, 0x7bff",
    "65520, 0x7c00",
    "1e30, 0x7c00",
    "Infinity, 0x7c00",
    "-Infinity, 0xfc00",
    "NaN, 0x7e00",
    "-0.0, 0x8000",
    "5.9604645E-8, 0x0001",
    "2.9802322E-8, 0x0000",
    "2.9802326E-8, 0x0001",
    "6.1035156E-5, 0x0400",
    // Half-way between neighbours: to the even one, down and up.
    "1.00048828125, 0x3c00",
    "1.00146484375, 0x3c02",
  })
  void shouldNarrowKnownValues(float value, String expected) {
    assertThat(Float16.fromFloat(value)).isEqualTo((short) (int) Integer.decode(expected));
  }

  /** Of the value scale, infinity stands at 2^16, where the next half would be. */
  private static double distance(int half, float value) {
    return Math.abs((half == 0x7c00 ? 65536 : definition(half)) - value);
  }

  private static double definition(int bits) {
    int exponent = (bits >> 10) & 0x1f;
    double fraction = (bits & 0x3ff) / 1024.0;
    double sign = (bits & 0x8000) == 0 ? 1 : -1;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return sign * (exponent == 0 ? fraction * 0x1p-14 : Math.scalb(1 + fraction, exponent - 15));
  }
}
