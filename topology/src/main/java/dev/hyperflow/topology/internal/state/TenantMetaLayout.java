package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of the {@code tenant-meta} store. The key is the tenant, UTF-8.
 *
 * <pre>
 * value, little-endian
 *   uint8  version = 4
 *   int64  support events applied
 *   int32  next label id
 *   int32  D, 0 without examples
 *   int64  fingerprint, upper half
 *   int64  fingerprint, lower half
 *   not in version 1:
 *     int32   bytes of the feature space | feature space, UTF-8
 *     int64   event time, ms since the epoch
 *     int64   next expiry, ms since the epoch; the largest int64 for none
 *     int32   setting: examples per label, 0 as for all
 *     int8    setting: consistency, 0 as for all, 1 fresh, 2 latest
 *     float32 setting: abstain below, NaN as for all
 *     int8    setting: pinned, 0 or 1
 *   int32  labels
 *   per label:
 *     int32  label id
 *     int32  bytes of the label | label, UTF-8
 *     int8   1 with a description + 2 in the order of RESERVOIR         (not in version 1)
 *     int32  examples | per example, in order: uint16 place             (int32 in version 1)
 *     uint8  labels merged into it | per label: int32 label id          (not before version 4)
 * </pre>
 *
 * <p>Version 2 is that of version 3 without the order of RESERVOIR.
 */
public final class TenantMetaLayout {
  private static final byte VERSION = 4;
  private static final byte THIRD_VERSION = 3;
  private static final byte FIRST_VERSION = 1;
  private static final int DESCRIBED = 1;
  private static final int BY_RANK = 2;
  private static final byte AS_FOR_ALL = 0;
  private static final byte FRESH = 1;
  private static final byte LATEST = 2;
  private static final int FIXED_BYTES =
      3 * Byte.BYTES + 5 * Long.BYTES + 4 * Integer.BYTES + Float.BYTES;
  private static final int RING_BYTES = 2 * Byte.BYTES + 2 * Integer.BYTES;

  private TenantMetaLayout() {}

  static byte[] key(String tenant) {
    return LayoutBytes.utf8(tenant);
  }

  static String tenant(byte[] key) {
    return LayoutBytes.text(key);
  }

  public static byte[] value(TenantMeta meta) {
    byte[] space = LayoutBytes.utf8(meta.facts().features().space());
    List<byte[]> labels =
        meta.rings().stream().map(ring -> LayoutBytes.utf8(ring.label())).toList();
    int size = FIXED_BYTES + LayoutBytes.sizeOf(space);
    for (byte[] label : labels) {
      size += RING_BYTES + LayoutBytes.sizeOf(label);
    }
    for (LabelRing ring : meta.rings()) {
      size += ring.places().size() * Short.BYTES + ring.formerIds().size() * Integer.BYTES;
    }
    byte[] value = new byte[size];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    putFacts(bytes, meta.facts(), space);
    bytes.putInt(labels.size());
    int i = 0;
    for (LabelRing ring : meta.rings()) {
      bytes.putInt(ring.labelId());
      LayoutBytes.putText(bytes, labels.get(i++));
      bytes.put(flags(ring)).putInt(ring.places().size());
      ring.places().forEach(place -> bytes.putShort(place.shortValue()));
      bytes.put((byte) ring.formerIds().size());
      ring.formerIds().forEach(bytes::putInt);
    }
    return value;
  }

  public static TenantMeta meta(byte[] value) {
    byte version = value[0] >= FIRST_VERSION && value[0] <= THIRD_VERSION ? value[0] : VERSION;
    ByteBuffer bytes = LayoutBytes.open(value, version, "tenant-meta");
    TenantFacts facts = facts(bytes, version);
    int labels = bytes.getInt();
    List<LabelRing> rings = new ArrayList<>(labels);
    for (int i = 0; i < labels; i++) {
      int labelId = bytes.getInt();
      String label = LayoutBytes.getText(bytes);
      int flags = version == FIRST_VERSION ? 0 : bytes.get();
      int examples = bytes.getInt();
      List<Integer> places = new ArrayList<>(examples);
      for (int j = 0; j < examples; j++) {
        places.add(
            version == FIRST_VERSION ? bytes.getInt() : Short.toUnsignedInt(bytes.getShort()));
      }
      rings.add(
          new LabelRing(
              labelId,
              label,
              places,
              (flags & DESCRIBED) != 0,
              (flags & BY_RANK) != 0 ? RingPolicy.RESERVOIR : RingPolicy.NEWEST,
              version == VERSION ? formerIds(bytes) : List.of()));
    }
    return TenantMeta.of(facts, rings);
  }

  private static List<Integer> formerIds(ByteBuffer bytes) {
    int size = bytes.get();
    List<Integer> ids = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      ids.add(bytes.getInt());
    }
    return ids;
  }

  private static byte flags(LabelRing ring) {
    int order = ring.order() == RingPolicy.RESERVOIR ? BY_RANK : 0;
    return (byte) (order | (ring.described() ? DESCRIBED : 0));
  }

  private static void putFacts(ByteBuffer bytes, TenantFacts facts, byte[] space) {
    bytes.putLong(facts.counters().events()).putInt(facts.counters().nextLabelId());
    bytes.putInt(facts.features().dimension());
    bytes.putLong(facts.fingerprint().high()).putLong(facts.fingerprint().low());
    LayoutBytes.putText(bytes, space);
    bytes.putLong(facts.clock().timeMillis()).putLong(facts.clock().nextExpiryMillis());
    TenantSettings settings = facts.settings();
    bytes.putInt(settings.examplesPerLabel().orElse(0));
    bytes.put(settings.consistency().map(TenantMetaLayout::code).orElse(AS_FOR_ALL));
    bytes.putFloat(settings.abstainBelow().orElse(Float.NaN));
    bytes.put((byte) (settings.pinned() ? 1 : 0));
  }

  private static TenantFacts facts(ByteBuffer bytes, byte version) {
    TenantFacts.Counters counters = new TenantFacts.Counters(bytes.getLong(), bytes.getInt());
    int dimension = bytes.getInt();
    Fingerprint fingerprint = new Fingerprint(bytes.getLong(), bytes.getLong());
    if (version == FIRST_VERSION) {
      return new TenantFacts(
          counters,
          new TenantFacts.Features(dimension, ""),
          fingerprint,
          new TenantFacts.Clock(0, Long.MAX_VALUE),
          TenantSettings.DEFAULTS);
    }
    return new TenantFacts(
        counters,
        new TenantFacts.Features(dimension, LayoutBytes.getText(bytes)),
        fingerprint,
        new TenantFacts.Clock(bytes.getLong(), bytes.getLong()),
        settings(bytes));
  }

  private static TenantSettings settings(ByteBuffer bytes) {
    int examplesPerLabel = bytes.getInt();
    byte consistency = bytes.get();
    float abstainBelow = bytes.getFloat();
    return new TenantSettings(
        examplesPerLabel == 0 ? Optional.empty() : Optional.of(examplesPerLabel),
        consistency == AS_FOR_ALL
            ? Optional.empty()
            : Optional.of(consistency == FRESH ? Consistency.FRESH : Consistency.LATEST),
        Float.isNaN(abstainBelow) ? Optional.empty() : Optional.of(abstainBelow),
        bytes.get() == 1);
  }

  private static byte code(Consistency consistency) {
    return consistency == Consistency.FRESH ? FRESH : LATEST;
  }
}
