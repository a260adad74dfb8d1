package dev.hyperflow.engine.internal.remember;

import java.nio.ByteBuffer;

/**
 * Features as whole numbers from −127 to 127 times one scale per vector.
 *
 * <pre>
 *   float32 scale | D × int8
 * </pre>
 */
final class Int8Codec implements FeatureCodec {
  /*
   * scale = largest magnitude / 127, rounded to 16 significant bits. Then
   *  - q × scale has at most 7 + 16 = 23 significant bits, so it is exact in float32;
   *  - largest magnitude / scale is within 127 × (1 ± 2^-16), so it rounds to 127, never beyond;
   *  - so the largest magnitude of a rounded vector is 127 × scale exactly, its 127th is the scale
   *    exactly, and rounding again, or writing, finds the same scale and the same whole numbers.
   * The scale is at least the smallest normal float, as subnormal ones have too few bits for this:
   * where that bound holds, every multiple is still exact, and it holds again for the rounded
   * vector. A vector of zeros needs no case of its own. -0.0 becomes 0.0.
   */
  private static final int MAX = 127;
  private static final int SCALE_DROPPED_BITS = 24 - 16;
  private static final int SCALE_DROPPED_MASK = (1 << SCALE_DROPPED_BITS) - 1;

  @Override
  public int bytes(int dimension) {
    return Math.addExact(Float.BYTES, dimension);
  }

  @Override
  public void round(float[] values) {
    float scale = scale(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(values[i], scale) * scale;
    }
  }

  private static float scale(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    int bits = Float.floatToRawIntBits(largest / MAX);
    int tieToEven = (bits >>> SCALE_DROPPED_BITS) & 1;
    int rounded = (bits + (SCALE_DROPPED_MASK >>> 1) + tieToEven) & ~SCALE_DROPPED_MASK;
    return Math.max(Float.MIN_NORMAL, Float.intBitsToFloat(rounded));
  }

  private static int whole(float value, float scale) {
    return (int) Math.rint(value / scale);
  }

  @Override
  public boolean write(float[] rounded, ByteBuffer littleEndian) {
    float scale = scale(rounded);
    littleEndian.putFloat(scale);
    boolean exact = true;
    for (float value : rounded) {
      int whole = whole(value, scale);
      exact &= Float.floatToRawIntBits(whole * scale) == Float.floatToRawIntBits(value);
      littleEndian.put((byte) whole);
    }
    return exact;
  }

  @Override
  public void read(ByteBuffer littleEndian, float[] into) {
    float scale = littleEndian.getFloat();
    for (int i = 0; i < into.length; i++) {
      into[i] = littleEndian.get() * scale;
    }
  }
}
