package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.quality.PageHinkley;
import dev.hyperflow.engine.internal.quality.PrequentialAccuracy;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.nio.ByteBuffer;

/**
 * The bytes of a tenant's live quality. Its key is drawn in {@link KafkaActivityStore}.
 *
 * <pre>
 * value, little-endian
 *   uint8   version = 1
 *   int64   observations
 *   float64 hits, float64 weight of the initial head's accuracy
 *   float64 hits, float64 weight of the adapted head's accuracy
 *   int64   drift detector: observations
 *   float64 drift detector: mean
 *   float64 drift detector: excess
 *   int64   drifts
 *   uint8   1 when the last observation was a drift, else 0
 * </pre>
 */
final class QualityLayout {
  private static final byte VERSION = 1;
  private static final int VALUE_BYTES = 2 * Byte.BYTES + 3 * Long.BYTES + 6 * Double.BYTES;

  private QualityLayout() {}

  static byte[] value(TenantQuality quality) {
    byte[] value = new byte[VALUE_BYTES];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.putLong(quality.observations());
    bytes.putDouble(quality.before().hits()).putDouble(quality.before().weight());
    bytes.putDouble(quality.after().hits()).putDouble(quality.after().weight());
    bytes.putLong(quality.detector().observations());
    bytes.putDouble(quality.detector().mean()).putDouble(quality.detector().excess());
    bytes.putLong(quality.drifts()).put((byte) (quality.driftDetected() ? 1 : 0));
    return value;
  }

  static TenantQuality quality(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "quality");
    return new TenantQuality(
        bytes.getLong(),
        new PrequentialAccuracy(bytes.getDouble(), bytes.getDouble()),
        new PrequentialAccuracy(bytes.getDouble(), bytes.getDouble()),
        new PageHinkley(bytes.getLong(), bytes.getDouble(), bytes.getDouble()),
        bytes.getLong(),
        bytes.get() != 0);
  }
}
