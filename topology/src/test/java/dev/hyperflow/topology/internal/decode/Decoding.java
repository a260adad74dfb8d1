package dev.hyperflow.topology.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.source.SourceRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/** Records and outcomes for the tests of decoders. */
final class Decoding {
  static final String TENANT = "acme";
  static final long TIME = 1_700_000_000_000L;

  private static final byte[] SOME_VALUE = {1};

  private Decoding() {}

  /** A deserializer that gives one value, whatever the bytes are. */
  static Deserializer<Object> giving(Object value) {
    return (topic, bytes) -> value;
  }

  static Decoded decode(EventDecoder<?> decoder) {
    return decoder.decode(record("topic", TENANT.getBytes(UTF_8), SOME_VALUE), new RecordHeaders());
  }

  static SourceRecord record(String topic, byte[] key, byte[] value) {
    return new SourceRecord(topic, 2, 71, TIME, key, value);
  }

  static Decoded accepted(Event event) {
    return new Decoded.Accepted(event);
  }

  static Decoded refused(Reason reason, String message) {
    return new Decoded.Refused(new Rejection(Stage.DECODE, reason, message));
  }

  static Payload features(float... values) {
    return new Payload.Features(FeatureVector.of(values));
  }
}
