package dev.hyperflow.topology.internal.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The encodings that the layouts share: UTF-8 strings with a length, versions. */
final class LayoutBytes {
  private LayoutBytes() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A little-endian buffer over a stored value, after its version byte. */
  static ByteBuffer open(byte[] value, byte version, String layout) {
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    byte found = bytes.get();
    if (found != version) {
      throw new IllegalStateException(
          "%s: expected layout version %d, found %d".formatted(layout, version, found));
    }
    return bytes;
  }

  /** A little-endian buffer over a value to be written, after its version byte. */
  static ByteBuffer over(byte[] value, byte version) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).put(version);
  }

  static int sizeOf(byte[] text) {
    return Integer.BYTES + text.length;
  }

  static void putText(ByteBuffer bytes, byte[] text) {
    bytes.putInt(text.length).put(text);
  }

  static int sizeOf(Optional<byte[]> text) {
    return Integer.BYTES + text.map(bytes -> bytes.length).orElse(0);
  }

  /** A text that may be missing: its length is -1 then. */
  static void putOptional(ByteBuffer bytes, Optional<byte[]> text) {
    text.ifPresentOrElse(present -> putText(bytes, present), () -> bytes.putInt(-1));
  }

  static Optional<String> getOptional(ByteBuffer bytes) {
    bytes.mark();
    if (bytes.getInt() < 0) {
      return Optional.empty();
    }
    bytes.reset();
    return Optional.of(getText(bytes));
  }

  static String getText(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    return text(text);
  }
}
