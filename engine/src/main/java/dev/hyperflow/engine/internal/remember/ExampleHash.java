package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.models.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash of one example: the first 128 bits of SHA-256 over (id, label, weight, features).
 *
 * <pre>
 *   int32 LE  bytes of the id        | id, UTF-8
 *   int32 LE  bytes of the label     | label, UTF-8
 *   float32 LE weight
 *   int32 LE  D                      | D × float32 LE features
 * </pre>
 *
 * <p>Where weights fade with age, the lower half is another one, as the head depends on times too:
 * the first 64 bits of SHA-256 over
 *
 * <pre>
 *   int64 LE × 2 the hash above, high first
 *   int64 LE  timestamp | int64 LE half-life           milliseconds
 * </pre>
 *
 * <p>The upper half tells an example of its label whatever the half-life. The layout is part of
 * every fingerprint ever written to a prediction: it must not change.
 */
final class ExampleHash {
  private ExampleHash() {}

  static Fingerprint of(String eventId, String label, float weight, FeatureVector features) {
    byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
    byte[] name = label.getBytes(StandardCharsets.UTF_8);
    int dimension = features.dimension();
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Integer.BYTES + id.length + name.length + dimension * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(id.length).put(id).putInt(name.length).put(name).putFloat(weight);
    bytes.putInt(dimension);
    for (int i = 0; i < dimension; i++) {
      bytes.putFloat(features.get(i));
    }
    ByteBuffer digest = ByteBuffer.wrap(Sha256.digest(bytes.array()));
    return new Fingerprint(digest.getLong(), digest.getLong());
  }

  /** The hash of an example whose weight may fade, from that of its content. */
  static Fingerprint faded(Fingerprint content, long timestampMillis, Fading fading) {
    if (!fading.isOn()) {
      return content;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(content.high()).putLong(content.low());
    bytes.putLong(timestampMillis).putLong(fading.halfLifeMillis());
    long low = ByteBuffer.wrap(Sha256.digest(bytes.array())).getLong();
    return new Fingerprint(content.high(), low);
  }
}
