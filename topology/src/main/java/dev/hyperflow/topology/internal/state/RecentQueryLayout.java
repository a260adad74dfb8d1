package dev.hyperflow.topology.internal.state;

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
 *   uint8  version = 1
 *   uint8  feature encoding, see FeaturePrecision
 *   int64  event time, ms since the epoch
 *   int32  bytes of the answered label, -1 without one | label, UTF-8
 *   int32  bytes of the unadapted head's label, -1 without one | label, UTF-8
 *   int32  D | D encoded features
 * </pre>
 */
final class RecentQueryLayout {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 2 * Byte.BYTES + Long.BYTES + 3 * Integer.BYTES;
  private static final int TIME_OFFSET = 2 * Byte.BYTES;

  private RecentQueryLayout() {}

  static byte[] key(String tenant, String queryId) {
    return TenantKey.with(tenant, LayoutBytes.utf8(queryId));
  }

  static byte[] value(RememberedQuery query, FeaturePrecision precision) {
    byte[] label = query.label().map(LayoutBytes::utf8).orElse(null);
    byte[] initial = query.initialLabel().map(LayoutBytes::utf8).orElse(null);
    int dimension = query.features().dimension();
    byte[] value =
        new byte[FIXED_BYTES + length(label) + length(initial) + precision.bytes(dimension)];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put(precision.code()).putLong(query.timestampMillis());
    putOptional(bytes, label);
    putOptional(bytes, initial);
    bytes.putInt(dimension);
    precision.write(precision.rounded(query.features()), bytes);
    return value;
  }

  static RememberedQuery query(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "recent-queries");
    FeaturePrecision precision = FeaturePrecision.of(bytes.get());
    long timestampMillis = bytes.getLong();
    Optional<String> label = getOptional(bytes);
    Optional<String> initial = getOptional(bytes);
    int dimension = bytes.getInt();
    return new RememberedQuery(timestampMillis, precision.read(bytes, dimension), label, initial);
  }

  /** The event time alone. */
  static long timestampMillis(byte[] value) {
    return LayoutBytes.open(value, VERSION, "recent-queries").getLong(TIME_OFFSET);
  }

  private static int length(byte[] text) {
    return text == null ? 0 : text.length;
  }

  private static void putOptional(ByteBuffer bytes, byte[] text) {
    if (text == null) {
      bytes.putInt(-1);
    } else {
      LayoutBytes.putText(bytes, text);
    }
  }

  private static Optional<String> getOptional(ByteBuffer bytes) {
    bytes.mark();
    if (bytes.getInt() < 0) {
      return Optional.empty();
    }
    bytes.reset();
    return Optional.of(LayoutBytes.getText(bytes));
  }
}
