package dev.hyperflow.demo.proof;

import dev.hyperflow.engine.internal.event.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A second, simple-minded implementation of the support memory, for comparison: all examples of a
 * tenant in one map, in the order of their arrival. Remembers every fingerprint a tenant has had.
 */
final class ReferenceMemory {

  private final int examplesPerLabel;
  private final Map<String, Tenant> tenants = new HashMap<>();

  /** A memory that keeps the newest so many examples of a label. */
  ReferenceMemory(int examplesPerLabel) {
    this.examplesPerLabel = examplesPerLabel;
  }

  void add(String tenant, String eventId, String label, float weight, float[] features) {
    Tenant of = of(tenant);
    of.examples.remove(eventId);
    List<String> sameLabel =
        of.examples.entrySet().stream()
            .filter(entry -> entry.getValue().label.equals(label))
            .map(Map.Entry::getKey)
            .toList();
    if (sameLabel.size() >= examplesPerLabel) {
      of.examples.remove(sameLabel.get(0));
    }
    of.examples.put(eventId, new Example(label, hash(eventId, label, weight, features)));
    of.changed();
  }

  void retract(String tenant, String eventId) {
    Tenant of = of(tenant);
    if (of.examples.remove(eventId) != null) {
      of.changed();
    }
  }

  void forgetLabel(String tenant, String label) {
    Tenant of = of(tenant);
    boolean any = false;
    for (Iterator<Example> each = of.examples.values().iterator(); each.hasNext(); ) {
      if (each.next().label.equals(label)) {
        each.remove();
        any = true;
      }
    }
    if (any) {
      of.changed();
    }
  }

  void forgetTenant(String tenant) {
    Tenant of = of(tenant);
    of.examples.clear();
    of.changed();
  }

  /** The fingerprint of the tenant's support set as it is now, hexadecimal. */
  String fingerprint(String tenant) {
    return of(tenant).fingerprint();
  }

  /** The examples of the tenant now. */
  int examples(String tenant) {
    return of(tenant).examples.size();
  }

  /** The labels of the tenant now. */
  int labels(String tenant) {
    return (int) of(tenant).examples.values().stream().map(Example::label).distinct().count();
  }

  /** Whether the tenant's support set has, at some time, had this fingerprint. */
  boolean hasHad(String tenant, String fingerprint) {
    return of(tenant).history.contains(fingerprint);
  }

  private Tenant of(String tenant) {
    return tenants.computeIfAbsent(tenant, name -> new Tenant());
  }

  private record Example(String label, Fingerprint hash) {}

  private static final class Tenant {
    private final Map<String, Example> examples = new LinkedHashMap<>();
    private final Set<String> history = new HashSet<>(Set.of(Fingerprint.EMPTY.toHex()));

    String fingerprint() {
      return examples.values().stream()
          .map(Example::hash)
          .reduce(Fingerprint.EMPTY, Fingerprint::plus)
          .toHex();
    }

    void changed() {
      history.add(fingerprint());
    }
  }

  /** As documented for fingerprints: the first 128 bits of SHA-256 over the example's bytes. */
  private static Fingerprint hash(String eventId, String label, float weight, float[] features) {
    byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
    byte[] name = label.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(id.length + name.length + 4 * (4 + features.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(id.length).put(id).putInt(name.length).put(name);
    bytes.putFloat(weight).putInt(features.length);
    for (float feature : features) {
      bytes.putFloat(feature);
    }
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
      return new Fingerprint(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
