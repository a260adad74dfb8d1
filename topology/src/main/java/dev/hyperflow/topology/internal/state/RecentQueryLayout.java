package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The bytes of the {@code recent-queries} store: queries, and which feedback labelled which.
 *
 * <pre>
 * key of a query
 *   tenant prefix, see TenantKey | query id, UTF-8
 *
 * value of a query, little-endian
 *   uint8   version = 3
 *   uint8   feature encoding, see FeaturePrecision
 *   int64   event time, ms since the epoch
 *   int32   bytes of the answered label, -1 without one | label, UTF-8
 *   int32   bytes of the unadapted head's label, -1 without one | label, UTF-8
 *   int32   D | D encoded features
 *   int32   bytes of the text, -1 without one | text, UTF-8            (not in version 1)
 *   int32   bytes of the encoder's id | id, UTF-8                      (not in version 1)
 *   int32   bytes of the status, -1 without an answer | status, UTF-8  (not in versions 1 and 2,
 *   float32 probability of the answered label                           nor is what follows)
 *   float32 scope, NaN without one
 *   uint8   1 once a label was compared with the answer
 *   int32   bytes of feedback's label, -1 without feedback | label, UTF-8
 *   int32   bytes of feedback's event id, -1 without feedback | id, UTF-8
 *
 * key of feedback: it cannot be that of a query, and comes after all of them
 *   tenant prefix | 0xFF, which UTF-8 does not have | event id, UTF-8
 *
 * value of feedback, little-endian: the event time stands where a query has it
 *   uint8   version = 3
 *   uint8   0
 *   int64   event time of the query, ms since the epoch
 *   int32   bytes of the query id | id, UTF-8
 * </pre>
 */
final class RecentQueryLayout {
  private static final byte VERSION = 3;
  private static final byte WITHOUT_ANSWER = 2;
  private static final byte WITHOUT_TEXT = 1;
  private static final FeatureVector NO_FEATURES = FeatureVector.of(new float[1]);
  private static final byte FEEDBACK = (byte) 0xFF;
  private static final int FIXED_BYTES =
      3 * Byte.BYTES + Long.BYTES + Integer.BYTES + 2 * Float.BYTES;
  private static final int TIME_OFFSET = 2 * Byte.BYTES;

  private RecentQueryLayout() {}

  static byte[] key(String tenant, String queryId) {
    return TenantKey.with(tenant, LayoutBytes.utf8(queryId));
  }

  static byte[] feedbackKey(String tenant, String eventId) {
    byte[] id = LayoutBytes.utf8(eventId);
    return TenantKey.with(tenant, ByteBuffer.allocate(1 + id.length).put(FEEDBACK).put(id).array());
  }

  /** The query's id, or empty for the key of feedback. */
  static Optional<String> queryId(byte[] key) {
    byte[] id = TenantKey.restOf(key);
    return id.length > 0 && id[0] == FEEDBACK
        ? Optional.empty()
        : Optional.of(LayoutBytes.text(id));
  }

  static byte[] value(RememberedQuery query, FeaturePrecision precision) {
    Optional<byte[]> label = query.label().map(LayoutBytes::utf8);
    Optional<byte[]> initial = query.initialLabel().map(LayoutBytes::utf8);
    Optional<byte[]> text = query.text().map(LayoutBytes::utf8);
    byte[] space = LayoutBytes.utf8(query.space());
    Optional<GivenAnswer> answer = query.answer();
    Optional<byte[]> status =
        answer.flatMap(GivenAnswer::status).map(AnswerStatus::name).map(LayoutBytes::utf8);
    Optional<byte[]> given = query.feedback().map(GivenLabel::label).map(LayoutBytes::utf8);
    Optional<byte[]> event = query.feedback().map(GivenLabel::eventId).map(LayoutBytes::utf8);
    int dimension = query.features().dimension();
    byte[] value =
        new byte
            [FIXED_BYTES
                + LayoutBytes.sizeOf(label)
                + LayoutBytes.sizeOf(initial)
                + precision.bytes(dimension)
                + LayoutBytes.sizeOf(text)
                + LayoutBytes.sizeOf(space)
                + LayoutBytes.sizeOf(status)
                + LayoutBytes.sizeOf(given)
                + LayoutBytes.sizeOf(event)];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put(precision.code()).putLong(query.timestampMillis());
    LayoutBytes.putOptional(bytes, label);
    LayoutBytes.putOptional(bytes, initial);
    bytes.putInt(dimension);
    precision.write(precision.rounded(query.features()), bytes);
    LayoutBytes.putOptional(bytes, text);
    LayoutBytes.putText(bytes, space);
    LayoutBytes.putOptional(bytes, status);
    bytes.putFloat(answer.map(GivenAnswer::probability).orElse(0f));
    bytes.putFloat(answer.flatMap(GivenAnswer::scope).orElse(Float.NaN));
    bytes.put((byte) (query.measured() ? 1 : 0));
    LayoutBytes.putOptional(bytes, given);
    LayoutBytes.putOptional(bytes, event);
    return value;
  }

  static RememberedQuery query(byte[] value) {
    return query(value, true);
  }

  /** The query with a single 0 for its features, which take most of the time to read. */
  static RememberedQuery withoutFeatures(byte[] value) {
    return query(value, false);
  }

  private static RememberedQuery query(byte[] value, boolean withFeatures) {
    ByteBuffer bytes = open(value);
    FeaturePrecision precision = FeaturePrecision.of(bytes.get());
    long timestampMillis = bytes.getLong();
    Optional<String> label = LayoutBytes.getOptional(bytes);
    Optional<String> initial = LayoutBytes.getOptional(bytes);
    int dimension = bytes.getInt();
    FeatureVector features = NO_FEATURES;
    if (withFeatures) {
      features = precision.read(bytes, dimension);
    } else {
      bytes.position(bytes.position() + precision.bytes(dimension));
    }
    boolean hasText = value[0] != WITHOUT_TEXT;
    Optional<String> text = hasText ? LayoutBytes.getOptional(bytes) : Optional.empty();
    String space = hasText ? LayoutBytes.getText(bytes) : "";
    if (value[0] != VERSION) {
      Optional<GivenAnswer> answer =
          label.map(
              known -> new GivenAnswer(Optional.empty(), label, initial, 0, Optional.empty()));
      return new RememberedQuery(timestampMillis, features, space, text, answer);
    }
    Optional<AnswerStatus> status = LayoutBytes.getOptional(bytes).map(AnswerStatus::valueOf);
    float probability = bytes.getFloat();
    Optional<Float> scope = Optional.of(bytes.getFloat()).filter(known -> !known.isNaN());
    boolean measured = bytes.get() == 1;
    Optional<String> given = LayoutBytes.getOptional(bytes);
    Optional<String> event = LayoutBytes.getOptional(bytes);
    return new RememberedQuery(
        timestampMillis,
        features,
        space,
        text,
        status.isEmpty() && label.isEmpty()
            ? Optional.empty()
            : Optional.of(new GivenAnswer(status, label, initial, probability, scope)),
        given.map(known -> new GivenLabel(known, event.orElseThrow())),
        measured);
  }

  static byte[] feedbackValue(long timestampMillis, String queryId) {
    byte[] id = LayoutBytes.utf8(queryId);
    byte[] value = new byte[2 * Byte.BYTES + Long.BYTES + LayoutBytes.sizeOf(id)];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.put((byte) 0).putLong(timestampMillis);
    LayoutBytes.putText(bytes, id);
    return value;
  }

  /** The query that feedback labelled. */
  static String labelled(byte[] value) {
    ByteBuffer bytes = open(value);
    bytes.position(TIME_OFFSET + Long.BYTES);
    return LayoutBytes.getText(bytes);
  }

  /** The event time alone. */
  static long timestampMillis(byte[] value) {
    return open(value).getLong(TIME_OFFSET);
  }

  private static ByteBuffer open(byte[] value) {
    boolean isEarlier = value[0] == WITHOUT_TEXT || value[0] == WITHOUT_ANSWER;
    return LayoutBytes.open(value, isEarlier ? value[0] : VERSION, "recent-queries");
  }
}
