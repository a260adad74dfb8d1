package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.models.internal.SupportSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How exactly the features of remembered examples are kept.
 *
 * <p>Features are rounded once, when an example is remembered, before they are hashed or
 * integrated. So the support set holds what storage gives back, and a head stays a pure function of
 * it. Two laws: rounding a rounded vector changes nothing, and a rounded vector that is written and
 * read is the same bit for bit.
 *
 * <p>Features must be within ±{@link SupportSet#MAX_FEATURE}, as those of a valid event are.
 */
public enum FeaturePrecision {
  /** IEEE 754 binary32: 4 bytes a feature, exact. */
  FLOAT32(0, new Float32Codec()),

  /**
   * IEEE 754 binary16: 2 bytes a feature. Error at most 2⁻¹¹ of a feature, or 2⁻²⁵ where that is
   * more. A feature beyond ±65,504 becomes ±65,504.
   */
  FLOAT16(1, new Float16Codec()),

  /**
   * Whole numbers times one scale per vector: 1 byte a feature and 4 a vector. Error about 1/254 of
   * the vector's largest magnitude. Magnitudes below 2⁻¹²⁷ become zero.
   */
  INT8(2, new Int8Codec());

  private final byte code;

  @SuppressWarnings("ImmutableEnumChecker") // Codecs have no state.
  private final FeatureCodec codec;

  FeaturePrecision(int code, FeatureCodec codec) {
    this.code = (byte) code;
    this.codec = codec;
  }

  /** Names the precision in stored bytes; never changes. */
  public byte code() {
    return code;
  }

  /**
   * The precision with this {@link #code()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FeaturePrecision of(byte code) {
    for (FeaturePrecision precision : values()) {
      if (precision.code == code) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "feature precision: expected 0 (FLOAT32), 1 (FLOAT16) or 2 (INT8), found " + code);
  }

  /** The number of bytes that {@link #write} appends for a vector of this dimension. */
  public int bytes(int dimension) {
    return codec.bytes(dimension);
  }

  /**
   * What storage will give back for these features.
   *
   * @throws IllegalArgumentException if a feature is beyond ±{@link SupportSet#MAX_FEATURE} or NaN
   */
  public FeatureVector rounded(FeatureVector features) {
    int beyond = features.firstBeyond(SupportSet.MAX_FEATURE);
    if (beyond >= 0) {
      throw new IllegalArgumentException(
          "feature %d: expected a value within ±%s, found %s"
              .formatted(beyond, SupportSet.MAX_FEATURE, features.get(beyond)));
    }
    float[] values = features.toArray();
    codec.round(values);
    return FeatureVector.of(values);
  }

  /**
   * Appends {@link #bytes} bytes to a buffer.
   *
   * @param rounded features that {@link #rounded} of this precision gave
   * @throws IllegalArgumentException if they are not, or if the buffer is not little-endian
   */
  public void write(FeatureVector rounded, ByteBuffer littleEndian) {
    requireLittleEndian(littleEndian);
    if (!codec.write(rounded.toArray(), littleEndian)) {
      throw new IllegalArgumentException(
          "features: expected a vector that was rounded to %s, found %s that was not"
              .formatted(this, rounded));
    }
  }

  /**
   * Reads {@link #bytes} bytes from a buffer.
   *
   * @param dimension number of features, at least 1
   * @throws IllegalArgumentException if the buffer is not little-endian
   */
  public FeatureVector read(ByteBuffer littleEndian, int dimension) {
    requireLittleEndian(littleEndian);
    float[] values = new float[dimension];
    codec.read(littleEndian, values);
    return FeatureVector.of(values);
  }

  private static void requireLittleEndian(ByteBuffer bytes) {
    if (bytes.order() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalArgumentException(
          "buffer: expected little-endian order, found " + bytes.order());
    }
  }
}
