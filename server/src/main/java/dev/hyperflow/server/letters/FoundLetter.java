package dev.hyperflow.server.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.events.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/**
 * A dead letter and where it is.
 *
 * @param place its place in the dead-letters topic
 * @param timestampMillis its timestamp, milliseconds since the epoch
 * @param letter the letter
 * @param isReplay whether the refused record was itself a replay
 */
public record FoundLetter(Place place, long timestampMillis, DeadLetter letter, boolean isReplay) {

  /** A letter of a record that was no replay. */
  public FoundLetter(Place place, long timestampMillis, DeadLetter letter) {
    this(place, timestampMillis, letter, false);
  }

  /** Where the refused record is. */
  public Place source() {
    return new Place(
        letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset());
  }

  /** One line for a person; what a stranger sent cannot move the cursor. */
  public String line() {
    return "%s  %s  %s/%s  tenant %s  from %s  %s"
        .formatted(
            place,
            Instant.ofEpochMilli(timestampMillis),
            letter.getStage(),
            letter.getReason(),
            letter.getTenant() == null ? "-" : printable(letter.getTenant()),
            source(),
            printable(letter.getMessage()));
  }

  /** All of it; bytes in Base64. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("place", place.toString());
    node.put("timestamp", timestampMillis);
    node.put("stage", letter.getStage().name());
    node.put("reason", letter.getReason());
    node.put("message", letter.getMessage());
    node.put("tenant", letter.getTenant());
    node.put("source", source().toString());
    node.put("sourceTimestamp", letter.getSourceTimestampEpochMillis());
    node.put("key", base64(letter.getKey()));
    node.put("value", base64(letter.getValue()));
    node.put("truncated", letter.getTruncated());
    node.put("replay", isReplay);
    return node;
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = bytes(bytes);
    return copy == null ? null : Base64.getEncoder().encodeToString(copy);
  }

  /** A copy of the bytes, null for none. */
  static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
