package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfTest {

  private static final int LARGEST = 0x7bff;
  private static final int NEGATIVE = 0x8000;

  @Test
  void shouldKeepEveryHalf() {
    for (int bits = 0; bits <= LARGEST; bits++) {
      assertThat(Half.of(value(bits))).isEqualTo((short) bits);
      assertThat(Half.of(-value(bits))).isEqualTo((short) (bits | NEGATIVE));
    }
    assertThat(value(LARGEST)).isEqualTo(Half.MAX);
  }

  @Test
  void shouldTakeTheNearestAndOfTwoTheEvenOne() {
    for (int bits = 0; bits < LARGEST; bits++) {
      float middle = (value(bits) + value(bits + 1)) / 2;
      assertThat(Half.of(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Half.of(middle)).isEqualTo((short) (bits + (bits & 1)));
      assertThat(Half.of(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  /** What a half of exponent e and fraction f is: (1024 + f) · 2^(e − 25), or f · 2^−24 for e 0. */
  private static float value(int bits) {
    int exponent = bits >>> 10;
    int fraction = bits & 0x3ff;
    return exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024f + fraction, exponent - 25);
  }
}
