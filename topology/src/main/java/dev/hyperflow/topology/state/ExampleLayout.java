package dev.hyperflow.topology.state;

import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.engine.remember.Example;
import dev.hyperflow.engine.remember.Slot;
import java.nio.ByteBuffer;

/**
 * The bytes of the {@code support-memory} store: one entry per example.
 *
 * <pre>
 * key, big-endian
 *   tenant prefix, see TenantKey | int32 label id | int32 place
 *
 * value, little-endian
 *   uint8   version = 1
 *   uint8   feature encoding: 0 = float32
 *   int64   event time, ms since the epoch
 *   float32 weight
 *   int64   fingerprint, upper half
 *   int64   fingerprint, lower half
 *   int32   bytes of the event id | event id, UTF-8
 *   int32   D | D × float32 features
 * </pre>
 */
final class ExampleLayout {
  private static final byte VERSION = 1;
  private static final byte FLOAT32 = 0;
  private static final int SLOT_BYTES = 2 * Integer.BYTES;
  private static final int FIXED_BYTES =
      2 * Byte.BYTES + 3 * Long.BYTES + Float.BYTES + Integer.BYTES;

  private ExampleLayout() {}

  static byte[] key(String tenant, Slot slot) {
    return TenantKey.with(
        tenant,
        ByteBuffer.allocate(SLOT_BYTES).putInt(slot.labelId()).putInt(slot.place()).array());
  }

  static Slot slot(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key, key.length - SLOT_BYTES, SLOT_BYTES);
    return new Slot(bytes.getInt(), bytes.getInt());
  }

  static byte[] value(Example example) {
    byte[] id = LayoutBytes.utf8(example.eventId());
    int dimension = example.features().dimension();
    byte[] value = new byte[FIXED_BYTES + LayoutBytes.sizeOf(id) + dimension * Float.BYTES];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put(FLOAT32).putLong(example.timestampMillis()).putFloat(example.weight());
    bytes.putLong(example.fingerprint().high()).putLong(example.fingerprint().low());
    LayoutBytes.putText(bytes, id);
    bytes.putInt(dimension);
    for (int i = 0; i < dimension; i++) {
      bytes.putFloat(example.features().get(i));
    }
    return value;
  }

  static Example example(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "support-memory");
    byte encoding = bytes.get();
    if (encoding != FLOAT32) {
      throw new IllegalStateException(
          "support-memory: expected feature encoding %d, found %d".formatted(FLOAT32, encoding));
    }
    long timestampMillis = bytes.getLong();
    float weight = bytes.getFloat();
    Fingerprint fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
    String eventId = LayoutBytes.getText(bytes);
    float[] features = new float[bytes.getInt()];
    bytes.asFloatBuffer().get(features);
    return new Example(eventId, timestampMillis, weight, fingerprint, FeatureVector.of(features));
  }
}
