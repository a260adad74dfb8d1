package dev.hyperflow.engine.internal.remember;

import java.nio.ByteBuffer;

/** Features as IEEE 754 binary16: eleven significant bits, saturating at ±65,504. */
final class Float16Codec implements FeatureCodec {
  /*
   * Narrowing rounds to nearest, ties to even. Above 2^-14 a half is a float whose lower 13
   * mantissa bits are zero. Below, halves are the multiples of 2^-24, which is the spacing of
   * floats from 0.5 to 1: adding and taking away 0.5 rounds to them. Both give a float, so packing
   * and unpacking move bits only. JDK 17 has no Float.float16ToFloat (that came with 20).
   */
  private static final float MAX = 65_504f;
  private static final float MIN_NORMAL = 0x1p-14f;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;
  private static final int DROPPED_BITS = 23 - 10;
  private static final int DROPPED_MASK = (1 << DROPPED_BITS) - 1;
  private static final int BIAS_DIFFERENCE = (127 - 15) << 10;
  private static final int SIGN = 0x8000;

  @Override
  public int bytes(int dimension) {
    return Math.multiplyExact(dimension, Short.BYTES);
  }

  @Override
  public void round(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = nearest(values[i]);
    }
  }

  private static float nearest(float value) {
    float magnitude = Math.abs(value);
    float rounded;
    if (magnitude < MIN_NORMAL) {
      rounded = (magnitude + 0.5f) - 0.5f;
    } else {
      int bits = Float.floatToRawIntBits(magnitude);
      int tieToEven = (bits >>> DROPPED_BITS) & 1;
      rounded = Float.intBitsToFloat((bits + (DROPPED_MASK >>> 1) + tieToEven) & ~DROPPED_MASK);
    }
    return Math.copySign(Math.min(rounded, MAX), value);
  }

  @Override
  public boolean write(float[] rounded, ByteBuffer littleEndian) {
    boolean exact = true;
    for (float value : rounded) {
      short half = pack(value);
      exact &= Float.floatToRawIntBits(unpack(half)) == Float.floatToRawIntBits(value);
      littleEndian.putShort(half);
    }
    return exact;
  }

  private static short pack(float value) {
    float magnitude = Math.abs(value);
    int sign = (Float.floatToRawIntBits(value) >>> 16) & SIGN;
    int half =
        magnitude < MIN_NORMAL
            ? (int) (magnitude / SUBNORMAL_UNIT)
            : (Float.floatToRawIntBits(magnitude) >>> DROPPED_BITS) - BIAS_DIFFERENCE;
    return (short) (sign | half);
  }

  @Override
  public void read(ByteBuffer littleEndian, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = unpack(littleEndian.getShort());
    }
  }

  private static float unpack(short half) {
    int bits = half & ~SIGN & 0xffff;
    float magnitude = Float.intBitsToFloat((bits + BIAS_DIFFERENCE) << DROPPED_BITS);
    if (magnitude < MIN_NORMAL) {
      magnitude = bits * SUBNORMAL_UNIT;
    }
    return (half & SIGN) == 0 ? magnitude : -magnitude;
  }
}
