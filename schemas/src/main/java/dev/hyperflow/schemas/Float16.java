package dev.hyperflow.schemas;

/**
 * IEEE 754 binary16 to and from binary32.
 *
 * <p>Stateless and thread-safe.
 */
final class Float16 {
  /*
   * JDK 17 has no Float.float16ToFloat (that came with 20). Widening is exact. Narrowing rounds to
   * nearest, ties to even, as the JDK's and the hardware's conversions do; a NaN keeps the upper ten
   * bits of its payload, so that all 65,536 bit patterns survive half -> float -> half.
   */
  private static final int FLOAT_INFINITY = 0x7f80_0000;
  private static final int HALF_INFINITY = 0x7c00;
  private static final int HALF_MANTISSA = 0x03ff;
  private static final int MANTISSA_SHIFT = 23 - 10;

  /** 65,520: from here on the nearest half is infinity. */
  private static final int OVERFLOW = 0x477f_f000;

  /** 2^-14, the smallest normal half. */
  private static final int MIN_NORMAL = 0x3880_0000;

  /** 2^-25, half of the smallest subnormal half: ties to even, that is to zero. */
  private static final int UNDERFLOW = 0x3300_0000;

  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private Float16() {}

  /** Returns the value of a half, exactly. */
  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int mantissa = half & HALF_MANTISSA;
    int magnitude;
    if (exponent == 0) {
      magnitude = Float.floatToRawIntBits(mantissa * SUBNORMAL_UNIT);
    } else if (exponent == 0x1f) {
      magnitude = FLOAT_INFINITY | (mantissa << MANTISSA_SHIFT);
    } else {
      magnitude = ((exponent + BIAS_DIFFERENCE) << 23) | (mantissa << MANTISSA_SHIFT);
    }
    return Float.intBitsToFloat(sign | magnitude);
  }

  /** Returns the half nearest to a float, ties to even; too large becomes infinity. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    return (short) (sign | magnitude(bits & 0x7fff_ffff));
  }

  private static int magnitude(int bits) {
    if (bits > FLOAT_INFINITY) {
      int payload = (bits >>> MANTISSA_SHIFT) & HALF_MANTISSA;
      return HALF_INFINITY | (payload == 0 ? 0x0200 : payload);
    }
    if (bits >= OVERFLOW) {
      return HALF_INFINITY;
    }
    if (bits <= UNDERFLOW) {
      return 0;
    }
    if (bits < MIN_NORMAL) {
      return subnormal(bits);
    }
    int tieToEven = (bits >>> MANTISSA_SHIFT) & 1;
    return (bits + 0x0fff + tieToEven - (BIAS_DIFFERENCE << 23)) >>> MANTISSA_SHIFT;
  }

  private static int subnormal(int bits) {
    int mantissa = (bits & 0x007f_ffff) | 0x0080_0000;
    int shift = 126 - (bits >>> 23);
    int half = mantissa >>> shift;
    int rest = mantissa & ((1 << shift) - 1);
    int tie = 1 << (shift - 1);
    return rest > tie || (rest == tie && (half & 1) == 1) ? half + 1 : half;
  }
}
