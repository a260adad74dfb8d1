package dev.hyperflow.schemas.serde;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Confluent's wire format, the one place that knows it.
 *
 * <pre>
 *   0        1                     5
 *   +--------+---------------------+------------------------+
 *   | 0x00   | schema id, int32 BE | record, Avro binary    |
 *   +--------+---------------------+------------------------+
 * </pre>
 */
final class WireFormat {
  static final byte MAGIC = 0;
  static final int ID_OFFSET = 1;
  static final int HEADER_BYTES = ID_OFFSET + Integer.BYTES;

  /** Where newer serializers name the schema of a value or key, instead of in the first bytes. */
  static final String VALUE_HEADER = "__value_schema_id";

  static final String KEY_HEADER = "__key_schema_id";

  private static final byte GUID_MAGIC = 1;
  private static final int GUID_BYTES = 1 + 2 * Long.BYTES;

  private WireFormat() {}

  /**
   * Returns what a header names a schema by: an {@link Integer} after the byte 0x00, or a {@link
   * UUID} after the byte 0x01.
   *
   * @throws IllegalArgumentException if it is neither; says what was found
   */
  static Object readHeader(byte[] header) {
    if (header != null && header.length == HEADER_BYTES && header[0] == MAGIC) {
      return readId(header);
    }
    if (header != null && header.length == GUID_BYTES && header[0] == GUID_MAGIC) {
      ByteBuffer guid = ByteBuffer.wrap(header, 1, 2 * Long.BYTES);
      return new UUID(guid.getLong(), guid.getLong());
    }
    throw new IllegalArgumentException(
        "header of the schema's id has %d bytes; expected 0x00 and a 4-byte id, or 0x01 and a 16-byte GUID"
            .formatted(header == null ? 0 : header.length));
  }

  static void writeId(byte[] message, int id) {
    ByteBuffer.wrap(message).put(MAGIC).putInt(id);
  }

  /** What a value may be that does not start as the wire format does. */
  private static String guess(byte[] message) {
    return switch (message[0]) {
      case '{', '[' -> ", which looks like JSON";
      case (byte) 0xc3 -> message[1] == 1 ? ", which looks like Avro's single-object encoding" : "";
      case 'O' -> message[1] == 'b' && message[2] == 'j' ? ", which looks like an Avro file" : "";
      default -> message[0] >= ' ' && message[0] < 0x7f ? ", which looks like text" : "";
    };
  }

  /**
   * Returns the schema id of a message.
   *
   * @throws IllegalArgumentException if this is not the wire format; says what was found
   */
  static int readId(byte[] message) {
    if (message.length < HEADER_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes are too short; expected at least %d: byte 0x00 and a 4-byte schema id"
              .formatted(message.length, HEADER_BYTES));
    }
    if (message[0] != MAGIC) {
      throw new IllegalArgumentException(
          "first byte is 0x%02x%s; expected 0x00, the start of Confluent's wire format"
              .formatted(message[0], guess(message)));
    }
    return ByteBuffer.wrap(message).getInt(ID_OFFSET);
  }
}
