package dev.hyperflow.engine.internal.remember;

import java.nio.ByteBuffer;

/**
 * One way to keep features. Stateless and thread-safe; see {@link FeaturePrecision} for the laws.
 */
interface FeatureCodec {

  /** Bytes of a vector of {@code dimension} features. */
  int bytes(int dimension);

  /** Replaces every value by what comes back from storage; a second time changes nothing. */
  void round(float[] values);

  /**
   * Appends a rounded vector.
   *
   * @return whether it was one; if not, what was appended is of no use
   */
  boolean write(float[] rounded, ByteBuffer littleEndian);

  /** Reads as many values as the array has places. */
  void read(ByteBuffer littleEndian, float[] into);
}
