package dev.hyperflow.topology.state;

import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.engine.remember.LabelRing;
import dev.hyperflow.engine.remember.TenantMeta;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the {@code tenant-meta} store. The key is the tenant, UTF-8.
 *
 * <pre>
 * value, little-endian
 *   uint8  version = 1
 *   int64  support events applied
 *   int32  next label id
 *   int32  D, 0 without examples
 *   int64  fingerprint, upper half
 *   int64  fingerprint, lower half
 *   int32  labels
 *   per label:
 *     int32  label id
 *     int32  bytes of the label | label, UTF-8
 *     int32  examples | per example, oldest arrival first: int32 place
 * </pre>
 */
final class TenantMetaLayout {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = Byte.BYTES + 3 * Long.BYTES + 3 * Integer.BYTES;

  private TenantMetaLayout() {}

  static byte[] key(String tenant) {
    return LayoutBytes.utf8(tenant);
  }

  static byte[] value(TenantMeta meta) {
    int size = FIXED_BYTES;
    for (LabelRing ring : meta.rings()) {
      size += LayoutBytes.sizeOf(LayoutBytes.utf8(ring.label()));
      size += (2 + ring.places().size()) * Integer.BYTES;
    }
    byte[] value = new byte[size];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.putLong(meta.events()).putInt(meta.nextLabelId()).putInt(meta.dimension());
    bytes.putLong(meta.fingerprint().high()).putLong(meta.fingerprint().low());
    bytes.putInt(meta.labels());
    for (LabelRing ring : meta.rings()) {
      bytes.putInt(ring.labelId());
      LayoutBytes.putText(bytes, LayoutBytes.utf8(ring.label()));
      bytes.putInt(ring.places().size());
      ring.places().forEach(bytes::putInt);
    }
    return value;
  }

  static TenantMeta meta(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "tenant-meta");
    long events = bytes.getLong();
    int nextLabelId = bytes.getInt();
    int dimension = bytes.getInt();
    Fingerprint fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
    int labels = bytes.getInt();
    List<LabelRing> rings = new ArrayList<>(labels);
    for (int i = 0; i < labels; i++) {
      int labelId = bytes.getInt();
      String label = LayoutBytes.getText(bytes);
      int examples = bytes.getInt();
      List<Integer> places = new ArrayList<>(examples);
      for (int j = 0; j < examples; j++) {
        places.add(bytes.getInt());
      }
      rings.add(new LabelRing(labelId, label, places));
    }
    return TenantMeta.of(events, nextLabelId, dimension, fingerprint, rings);
  }
}
