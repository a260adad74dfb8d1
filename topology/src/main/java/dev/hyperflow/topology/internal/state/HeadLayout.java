package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.models.Head;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the {@code heads} store.
 *
 * <pre>
 * key
 *   tenant prefix, see TenantKey | bundle id, UTF-8
 *
 * value, little-endian
 *   uint8  version = 1
 *   int32  bytes of the bundle id | bundle id, UTF-8
 *   int64  fingerprint, upper half
 *   int64  fingerprint, lower half
 *   int32  examples
 *   int32  D
 *   int32  N | per label: int32 bytes | label, UTF-8
 *   N × (D+1) × float32  initial head, row by row, bias last
 *   N × (D+1) × float32  adapted head
 * </pre>
 */
public final class HeadLayout {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = Byte.BYTES + 2 * Long.BYTES + 3 * Integer.BYTES;

  private HeadLayout() {}

  static byte[] key(String tenant, String bundleId) {
    return TenantKey.with(tenant, LayoutBytes.utf8(bundleId));
  }

  static String bundleId(byte[] key) {
    return LayoutBytes.text(TenantKey.restOf(key));
  }

  public static byte[] value(AdaptedHead head) {
    byte[] bundleId = LayoutBytes.utf8(head.bundleId());
    List<byte[]> labels = head.labels().stream().map(LayoutBytes::utf8).toList();
    float[] initial = head.initial().toArray();
    float[] adapted = head.adapted().toArray();
    int size = FIXED_BYTES + LayoutBytes.sizeOf(bundleId);
    for (byte[] label : labels) {
      size += LayoutBytes.sizeOf(label);
    }
    size += (initial.length + adapted.length) * Float.BYTES;
    byte[] value = new byte[size];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    LayoutBytes.putText(bytes, bundleId);
    bytes.putLong(head.fingerprint().high()).putLong(head.fingerprint().low());
    bytes.putInt(head.examples()).putInt(head.adapted().dimension()).putInt(labels.size());
    labels.forEach(label -> LayoutBytes.putText(bytes, label));
    bytes.asFloatBuffer().put(initial).put(adapted);
    return value;
  }

  /** Whether this version wrote the value; a head of another version is integrated again. */
  static boolean isReadable(byte[] value) {
    return value.length > FIXED_BYTES && value[0] == VERSION;
  }

  public static AdaptedHead head(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "heads");
    String bundleId = LayoutBytes.getText(bytes);
    Fingerprint fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
    int examples = bytes.getInt();
    int dimension = bytes.getInt();
    int count = bytes.getInt();
    List<String> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      labels.add(LayoutBytes.getText(bytes));
    }
    FloatBuffer weights = bytes.asFloatBuffer();
    Head initial = head(weights, count, dimension);
    Head adapted = head(weights, count, dimension);
    return new AdaptedHead(bundleId, fingerprint, examples, labels, initial, adapted);
  }

  private static Head head(FloatBuffer weights, int labels, int dimension) {
    float[] rows = new float[labels * (dimension + 1)];
    weights.get(rows);
    return Head.of(labels, dimension, rows);
  }
}
