package dev.hyperflow.schemas;

import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.PackedType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * Feature vectors between {@code float[]} and their payload records.
 *
 * <p>Packed bytes are little-endian elements back to back. FLOAT32 keeps every bit. FLOAT16 rounds
 * to nearest, ties to even, and halves the bytes. Values are not judged here: NaN and infinities
 * pass, the topology refuses them.
 *
 * <p>Stateless and thread-safe. Neither direction keeps a reference to its argument, and a
 * payload's buffer position is left where it was.
 */
public final class PackedFeatures {
  private PackedFeatures() {}

  /** Packs features as FLOAT32; {@code features} may be empty. */
  public static PackedFeaturesPayload pack(float[] features) {
    return pack(features, PackedType.FLOAT32);
  }

  /** Packs features as the given element type; {@code features} may be empty. */
  public static PackedFeaturesPayload pack(float[] features, PackedType type) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(features.length, elementSize(type)))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (type == PackedType.FLOAT32) {
      bytes.asFloatBuffer().put(features);
    } else {
      for (int i = 0; i < features.length; i++) {
        bytes.putShort(i * Short.BYTES, Float16.fromFloat(features[i]));
      }
    }
    return new PackedFeaturesPayload(type, bytes);
  }

  /**
   * Returns the features of a payload.
   *
   * @throws IllegalArgumentException if the bytes are not a whole number of elements; the message
   *     names the field, its length and the element size
   */
  public static float[] unpack(PackedFeaturesPayload payload) {
    ByteBuffer bytes = payload.getValues().slice().order(ByteOrder.LITTLE_ENDIAN);
    float[] features = new float[dimension(payload)];
    if (payload.getDtype() == PackedType.FLOAT32) {
      bytes.asFloatBuffer().get(features);
    } else {
      for (int i = 0; i < features.length; i++) {
        features[i] = Float16.toFloat(bytes.getShort(i * Short.BYTES));
      }
    }
    return features;
  }

  /**
   * Returns how many features a payload holds, without reading them: for checking a limit before
   * work is done.
   *
   * @throws IllegalArgumentException as {@link #unpack(PackedFeaturesPayload)}
   */
  public static int dimension(PackedFeaturesPayload payload) {
    int size = elementSize(payload.getDtype());
    int length = payload.getValues().remaining();
    if (length % size != 0) {
      throw new IllegalArgumentException(
          "PackedFeaturesPayload.values has %d bytes; expected a multiple of %d, the element size of %s"
              .formatted(length, size, payload.getDtype()));
    }
    return length / size;
  }

  /** Returns the features of an array payload, without boxing where Avro read it from bytes. */
  public static float[] unpack(FeaturesPayload payload) {
    List<Float> values = payload.getValues();
    float[] features = new float[values.size()];
    if (values instanceof PrimitivesArrays.FloatArray primitive) {
      for (int i = 0; i < features.length; i++) {
        features[i] = primitive.getFloat(i);
      }
    } else {
      int i = 0;
      for (Float value : values) {
        features[i++] = value;
      }
    }
    return features;
  }

  private static int elementSize(PackedType type) {
    return type == PackedType.FLOAT32 ? Float.BYTES : Short.BYTES;
  }
}
