package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.Slot;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of the {@code support-memory} store: one entry per example.
 *
 * <pre>
 * key, big-endian
 *   tenant prefix, see TenantKey | int32 label id | int32 place, -1 for the label's description
 *
 * value, little-endian
 *   uint8   version = 3
 *   uint8   feature encoding, see FeaturePrecision
 *   int64   event time, ms since the epoch
 *   int64   expiry, ms since the epoch; the largest int64 for never     (not in version 1)
 *   float32 weight
 *   int64   fingerprint, upper half
 *   int64   fingerprint, lower half
 *   int32   bytes of the event id | event id, UTF-8
 *   int32   D | D encoded features
 *   int32   bytes of the text, -1 without one | text, UTF-8            (not in versions 1 and 2)
 * </pre>
 */
public final class ExampleLayout {
  private static final byte VERSION = 3;
  private static final byte WITHOUT_TEXT = 2;
  private static final byte WITHOUT_EXPIRY = 1;
  private static final int SLOT_BYTES = 2 * Integer.BYTES;
  private static final int FIXED_BYTES =
      2 * Byte.BYTES + 4 * Long.BYTES + Float.BYTES + Integer.BYTES;

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

  public static byte[] value(Example example, FeaturePrecision precision) {
    byte[] id = LayoutBytes.utf8(example.eventId());
    Optional<byte[]> text = example.text().map(LayoutBytes::utf8);
    int dimension = example.features().dimension();
    byte[] value =
        new byte
            [FIXED_BYTES
                + LayoutBytes.sizeOf(id)
                + precision.bytes(dimension)
                + LayoutBytes.sizeOf(text)];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put(precision.code()).putLong(example.timestampMillis());
    bytes.putLong(example.terms().expiresAtMillis()).putFloat(example.terms().weight());
    bytes.putLong(example.fingerprint().high()).putLong(example.fingerprint().low());
    LayoutBytes.putText(bytes, id);
    bytes.putInt(dimension);
    precision.write(example.features(), bytes);
    LayoutBytes.putOptional(bytes, text);
    return value;
  }

  public static Example example(byte[] value) {
    byte version = value[0];
    boolean hasText = version != WITHOUT_EXPIRY && version != WITHOUT_TEXT;
    ByteBuffer bytes = LayoutBytes.open(value, hasText ? VERSION : version, "support-memory");
    FeaturePrecision precision = FeaturePrecision.of(bytes.get());
    long timestampMillis = bytes.getLong();
    long expiresAtMillis = version == WITHOUT_EXPIRY ? ExampleTerms.NEVER : bytes.getLong();
    float weight = bytes.getFloat();
    Fingerprint fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
    String eventId = LayoutBytes.getText(bytes);
    int dimension = bytes.getInt();
    return new Example(
        eventId,
        timestampMillis,
        new ExampleTerms(weight, expiresAtMillis),
        fingerprint,
        precision.read(bytes, dimension),
        hasText ? LayoutBytes.getOptional(bytes) : Optional.empty());
  }
}
