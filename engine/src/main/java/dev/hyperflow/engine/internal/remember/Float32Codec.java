package dev.hyperflow.engine.internal.remember;

import java.nio.ByteBuffer;

/** Features as they are: IEEE 754 binary32. */
final class Float32Codec implements FeatureCodec {

  @Override
  public int bytes(int dimension) {
    return Math.multiplyExact(dimension, Float.BYTES);
  }

  @Override
  public void round(float[] values) {}

  @Override
  public boolean write(float[] rounded, ByteBuffer littleEndian) {
    for (float value : rounded) {
      littleEndian.putFloat(value);
    }
    return true;
  }

  @Override
  public void read(ByteBuffer littleEndian, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = littleEndian.getFloat();
    }
  }
}
