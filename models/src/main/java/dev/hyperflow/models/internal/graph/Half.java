package dev.hyperflow.models.internal.graph;

/** Numbers of 16 bits, as IEEE 754 has them. */
final class Half {

  /** The largest. */
  static final float MAX = 65_504;

  /** The smallest whose precision is full. Below it, all are multiples of 2^-24. */
  private static final float MIN_NORMAL = 0x1p-14f;

  private static final float UNITS = 0x1p24f;
  private static final int CUT_BITS = 13;
  private static final int BIAS_DIFFERENCE = (127 - 15) << 23;

  private Half() {}

  /**
   * The bits of the nearest half; of two equally near, the even one.
   *
   * @param value at most {@link #MAX} in size
   */
  static short of(float value) {
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    float size = Math.abs(value);
    int bits = Float.floatToRawIntBits(size) - BIAS_DIFFERENCE;
    int half =
        size < MIN_NORMAL
            ? (int) Math.rint(size * UNITS)
            : (bits + 0x0fff + ((bits >>> CUT_BITS) & 1)) >>> CUT_BITS;
    return (short) (sign | half);
  }
}
