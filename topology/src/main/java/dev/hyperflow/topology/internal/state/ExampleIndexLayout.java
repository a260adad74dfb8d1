package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.remember.Slot;
import java.nio.ByteBuffer;

/**
 * The bytes of the {@code example-index} store: event id to slot.
 *
 * <pre>
 * key
 *   tenant prefix, see TenantKey | event id, UTF-8
 *
 * value, little-endian
 *   uint8  version = 1
 *   int32  label id
 *   int32  place
 * </pre>
 */
final class ExampleIndexLayout {
  private static final byte VERSION = 1;
  private static final int BYTES = Byte.BYTES + 2 * Integer.BYTES;

  private ExampleIndexLayout() {}

  static byte[] key(String tenant, String eventId) {
    return TenantKey.with(tenant, LayoutBytes.utf8(eventId));
  }

  static String eventId(byte[] key) {
    return LayoutBytes.text(TenantKey.restOf(key));
  }

  static byte[] value(Slot slot) {
    byte[] value = new byte[BYTES];
    LayoutBytes.over(value, VERSION).putInt(slot.labelId()).putInt(slot.place());
    return value;
  }

  static Slot slot(byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "example-index");
    return new Slot(bytes.getInt(), bytes.getInt());
  }
}
