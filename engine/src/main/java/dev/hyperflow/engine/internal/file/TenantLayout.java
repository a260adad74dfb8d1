package dev.hyperflow.engine.internal.file;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bytes of one tenant, big-endian. A string is an int32 of its length and its UTF-8 bytes.
 *
 * <pre>
 *   string tenant
 *   int64 events | int32 next label id
 *   int32 D | string feature space
 *   int64 × 2 fingerprint, high first
 *   int64 time | int64 next expiry                   milliseconds since the epoch
 *   int32 labels, and for each
 *     int32 label id | string label
 *     int8 1 with a description + 2 in the order of RESERVOIR
 *     int32 places | int32 × places                  in order
 *   int32 examples, sorted by label id, then place, and for each
 *     int32 label id | int32 place | string event id | int64 timestamp
 *     float32 weight | int64 expiry | int64 × 2 fingerprint | float32 × D features
 *     string text, with length −1 for none           (not in version 1)
 * </pre>
 *
 * <p>Equal memories give equal bytes. Settings of a tenant's own are not part of them.
 */
final class TenantLayout {
  private static final Comparator<Slot> ORDER =
      Comparator.comparingInt(Slot::labelId).thenComparingInt(Slot::place);

  private static final int DESCRIBED = 1;
  private static final int BY_RANK = 2;
  private static final int NO_TEXT = -1;

  private TenantLayout() {}

  /**
   * A tenant that was read.
   *
   * @param name the tenant
   * @param snapshot its memory, which {@linkplain TenantSnapshot#isWhole may not be whole}
   */
  record Tenant(String name, TenantSnapshot snapshot) {}

  /** The bytes of a tenant. */
  static byte[] write(String tenant, TenantStore store) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    TenantMeta meta = store.meta(tenant);
    writeString(out, tenant);
    writeFacts(out, meta.facts());
    out.writeInt(meta.rings().size());
    for (LabelRing ring : meta.rings()) {
      writeRing(out, ring);
    }
    Map<Slot, Example> examples = new TreeMap<>(ORDER);
    store.forEachExample(tenant, examples::put);
    out.writeInt(examples.size());
    for (Map.Entry<Slot, Example> entry : examples.entrySet()) {
      writeExample(out, entry.getKey(), entry.getValue());
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the bytes of a tenant.
   *
   * @param withTexts whether they are of a version that has texts
   * @throws IOException if they end too early
   * @throws RuntimeException if they say what no memory holds
   */
  static Tenant read(byte[] bytes, boolean withTexts) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    String tenant = readString(in);
    TenantFacts facts = readFacts(in);
    List<LabelRing> rings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      rings.add(readRing(in));
    }
    Map<Slot, Example> examples = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Slot slot = new Slot(in.readInt(), in.readInt());
      examples.put(slot, readExample(in, facts.features().dimension(), withTexts));
    }
    return new Tenant(tenant, new TenantSnapshot(TenantMeta.of(facts, rings), examples));
  }

  private static void writeFacts(DataOutputStream out, TenantFacts facts) throws IOException {
    out.writeLong(facts.counters().events());
    out.writeInt(facts.counters().nextLabelId());
    out.writeInt(facts.features().dimension());
    writeString(out, facts.features().space());
    writeFingerprint(out, facts.fingerprint());
    out.writeLong(facts.clock().timeMillis());
    out.writeLong(facts.clock().nextExpiryMillis());
  }

  private static TenantFacts readFacts(DataInputStream in) throws IOException {
    return new TenantFacts(
        new TenantFacts.Counters(in.readLong(), in.readInt()),
        new TenantFacts.Features(in.readInt(), readString(in)),
        readFingerprint(in),
        new TenantFacts.Clock(in.readLong(), in.readLong()),
        TenantSettings.DEFAULTS);
  }

  private static void writeRing(DataOutputStream out, LabelRing ring) throws IOException {
    out.writeInt(ring.labelId());
    writeString(out, ring.label());
    int order = ring.order() == RingPolicy.RESERVOIR ? BY_RANK : 0;
    out.writeByte(order | (ring.described() ? DESCRIBED : 0));
    out.writeInt(ring.places().size());
    for (int place : ring.places()) {
      out.writeInt(place);
    }
  }

  private static LabelRing readRing(DataInputStream in) throws IOException {
    int labelId = in.readInt();
    String label = readString(in);
    int flags = in.readByte();
    List<Integer> places = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      places.add(in.readInt());
    }
    return new LabelRing(
        labelId,
        label,
        places,
        (flags & DESCRIBED) != 0,
        (flags & BY_RANK) != 0 ? RingPolicy.RESERVOIR : RingPolicy.NEWEST);
  }

  private static void writeExample(DataOutputStream out, Slot slot, Example example)
      throws IOException {
    out.writeInt(slot.labelId());
    out.writeInt(slot.place());
    writeString(out, example.eventId());
    out.writeLong(example.timestampMillis());
    out.writeFloat(example.terms().weight());
    out.writeLong(example.terms().expiresAtMillis());
    writeFingerprint(out, example.fingerprint());
    for (float feature : example.features().toArray()) {
      out.writeFloat(feature);
    }
    if (example.text().isPresent()) {
      writeString(out, example.text().get());
    } else {
      out.writeInt(NO_TEXT);
    }
  }

  private static Example readExample(DataInputStream in, int dimension, boolean withText)
      throws IOException {
    return new Example(
        readString(in),
        in.readLong(),
        new ExampleTerms(in.readFloat(), in.readLong()),
        readFingerprint(in),
        readFeatures(in, dimension),
        withText ? readText(in) : Optional.empty());
  }

  private static Optional<String> readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == NO_TEXT ? Optional.empty() : Optional.of(readString(in, length));
  }

  private static FeatureVector readFeatures(DataInputStream in, int dimension) throws IOException {
    float[] features = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      features[i] = in.readFloat();
    }
    return FeatureVector.of(features);
  }

  private static void writeFingerprint(DataOutputStream out, Fingerprint fingerprint)
      throws IOException {
    out.writeLong(fingerprint.high());
    out.writeLong(fingerprint.low());
  }

  private static Fingerprint readFingerprint(DataInputStream in) throws IOException {
    return new Fingerprint(in.readLong(), in.readLong());
  }

  private static void writeString(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readString(DataInputStream in) throws IOException {
    return readString(in, in.readInt());
  }

  private static String readString(DataInputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
