package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of the {@code recent-queries} store.
 *
 * <pre>
 * key
 *   tenant prefix, see TenantKey | query id, UTF-8
 *
 * value, little-endian
 *   uint8  version = 2
 *   uint8  feature encoding, see FeaturePrecision
 *   int64  event time, ms since the epoch
 *   int32  bytes of the answered label, -1 without one | label, UTF-8
 *   int32  bytes of the unadapted head's label, -1 without one | label, UTF-8
 *   int32  D | D encoded features
 *   int32  bytes of the text, -1 without one | text, UTF-8             (not in version 1)
 *   int32  bytes of the encoder's id | id, UTF-8                       (not in version 1)
 * </pre>
 */
final class RecentQueryLayout {
  private static final byte VERSION = 2;
  private static final byte WITHOUT_TEXT = 1;
  private static final int FIXED_BYTES = 2 * Byte.BYTES + Long.BYTES + Integer.BYTES;
  private static final int TIME_OFFSET = 2 * Byte.BYTES;

  private RecentQueryLayout() {}

  static byte[] key(String tenant, String queryId) {
    return TenantKey.with(tenant, LayoutBytes.utf8(queryId));
  }

  static byte[] value(RememberedQuery query, FeaturePrecision precision) {
    Optional<byte[]> label = query.label().map(LayoutBytes::utf8);
    Optional<byte[]> initial = query.initialLabel().map(LayoutBytes::utf8);
    Optional<byte[]> text = query.text().map(LayoutBytes::utf8);
    byte[] space = LayoutBytes.utf8(query.space());
    int dimension = query.features().dimension();
    byte[] value =
        new byte
            [FIXED_BYTES
                + LayoutBytes.sizeOf(label)
                + LayoutBytes.sizeOf(initial)
                + precision.bytes(dimension)
                + LayoutBytes.sizeOf(text)
                + LayoutBytes.sizeOf(space)];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put(precision.code()).putLong(query.timestampMillis());
    LayoutBytes.putOptional(bytes, label);
    LayoutBytes.putOptional(bytes, initial);
    bytes.putInt(dimension);
    precision.write(precision.rounded(query.features()), bytes);
    LayoutBytes.putOptional(bytes, text);
    LayoutBytes.putText(bytes, space);
    return value;
  }

  static RememberedQuery query(byte[] value) {
    ByteBuffer bytes = open(value);
    FeaturePrecision precision = FeaturePrecision.of(bytes.get());
    long timestampMillis = bytes.getLong();
    Optional<String> label = LayoutBytes.getOptional(bytes);
    Optional<String> initial = LayoutBytes.getOptional(bytes);
    int dimension = bytes.getInt();
    FeatureVector features = precision.read(bytes, dimension);
    boolean hasText = value[0] != WITHOUT_TEXT;
    Optional<String> text = hasText ? LayoutBytes.getOptional(bytes) : Optional.empty();
    String space = hasText ? LayoutBytes.getText(bytes) : "";
    return new RememberedQuery(timestampMillis, features, space, label, initial, text);
  }

  /** The event time alone. */
  static long timestampMillis(byte[] value) {
    return open(value).getLong(TIME_OFFSET);
  }

  private static ByteBuffer open(byte[] value) {
    return LayoutBytes.open(
        value, value[0] == WITHOUT_TEXT ? WITHOUT_TEXT : VERSION, "recent-queries");
  }
}
