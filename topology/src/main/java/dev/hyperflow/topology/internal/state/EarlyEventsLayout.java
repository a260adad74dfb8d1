package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.early.EarlyEvents;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of early events in the {@code tenant-activity} store.
 *
 * <pre>
 * value, little-endian
 *   uint8  version = 1
 *   int32  number of feedback events, each:
 *     int64   event time, ms since the epoch
 *     float32 weight | int64 expiry, ms since the epoch
 *     int32   bytes of the event id | event id, UTF-8
 *     int32   bytes of the query id | query id, UTF-8
 *     int32   bytes of the label | label, UTF-8
 *   int32  number of retractions, each:
 *     int64   event time, ms since the epoch
 *     int32   bytes of the event id | event id, UTF-8
 * </pre>
 */
final class EarlyEventsLayout {
  private static final byte VERSION = 1;
  private static final int FEEDBACK_BYTES = 2 * Long.BYTES + Float.BYTES;

  private EarlyEventsLayout() {}

  static byte[] value(EarlyEvents events) {
    int size = Byte.BYTES + 2 * Integer.BYTES;
    for (Event.Feedback early : events.feedback()) {
      size += FEEDBACK_BYTES + size(early.eventId()) + size(early.queryId()) + size(early.label());
    }
    for (Event.Retract early : events.retractions()) {
      size += Long.BYTES + size(early.eventId());
    }
    byte[] value = new byte[size];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.putInt(events.feedback().size());
    for (Event.Feedback early : events.feedback()) {
      bytes.putLong(early.timestampMillis());
      bytes.putFloat(early.terms().weight()).putLong(early.terms().expiresAtMillis());
      put(bytes, early.eventId());
      put(bytes, early.queryId());
      put(bytes, early.label());
    }
    bytes.putInt(events.retractions().size());
    for (Event.Retract early : events.retractions()) {
      bytes.putLong(early.timestampMillis());
      put(bytes, early.eventId());
    }
    return value;
  }

  static EarlyEvents events(String tenant, byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "tenant-activity");
    List<Event.Feedback> feedback = new ArrayList<>();
    for (int left = bytes.getInt(); left > 0; left--) {
      long timestampMillis = bytes.getLong();
      ExampleTerms terms = new ExampleTerms(bytes.getFloat(), bytes.getLong());
      feedback.add(
          new Event.Feedback(
              tenant,
              timestampMillis,
              LayoutBytes.getText(bytes),
              LayoutBytes.getText(bytes),
              LayoutBytes.getText(bytes),
              terms));
    }
    List<Event.Retract> retractions = new ArrayList<>();
    for (int left = bytes.getInt(); left > 0; left--) {
      retractions.add(new Event.Retract(tenant, bytes.getLong(), LayoutBytes.getText(bytes)));
    }
    return new EarlyEvents(feedback, retractions);
  }

  private static int size(String text) {
    return Integer.BYTES + LayoutBytes.utf8(text).length;
  }

  private static void put(ByteBuffer bytes, String text) {
    LayoutBytes.putText(bytes, LayoutBytes.utf8(text));
  }
}
