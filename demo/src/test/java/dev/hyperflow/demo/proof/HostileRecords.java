package dev.hyperflow.demo.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.PackedType;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;

/**
 * An endless sequence of records nobody should send, a function of its seed: valid envelopes with
 * hostile content, bytes flipped, cut and made up, keys and timestamps of all kinds. Some are
 * perfectly fine. For use by one thread.
 */
final class HostileRecords {

  /** A zero byte and the schema id. */
  private static final int ENVELOPE_BYTES = 5;

  private static final int DIMENSION = 4;
  private static final int TENANTS = 40;
  private static final int HUGE_KEY_BYTES = 70_000;

  private static final float[] FLOATS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -0f,
    1e19f,
    1e-40f,
    0
  };

  private static final long[] TIMES = {
    0, 1, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, 253_402_300_800_000L
  };

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\t\n\u00a0\u2003",
          "\0",
          "a\0b",
          "é\u0301\u202e\ufeff",
          "😀".repeat(20),
          "\ud800",
          "%s %n %d {} ${env:HOME}",
          "x".repeat(256),
          "x".repeat(257),
          "y".repeat(20_000),
          "'; drop table tenants; --",
          "normal");

  private final Random random;
  private final BiFunction<StreamKind, SpecificRecord, byte[]> serializer;

  HostileRecords(long seed, BiFunction<StreamKind, SpecificRecord, byte[]> serializer) {
    this.random = new Random(seed);
    this.serializer = serializer;
  }

  /**
   * One record.
   *
   * @param key may be null
   * @param value may be null
   * @param timestampMillis null for the time it is sent at
   * @param reason why it must be refused, where that is sure
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hostile(
      StreamKind stream, byte[] key, byte[] value, Long timestampMillis, Optional<String> reason) {}

  /** The next record. */
  Hostile next() {
    StreamKind stream = random.nextInt(3) == 0 ? StreamKind.SUPPORT : StreamKind.QUERIES;
    Long time = random.nextInt(400) == 0 ? Long.valueOf(TIMES[random.nextInt(TIMES.length)]) : null;
    byte[] value = value(stream);
    int kind = random.nextInt(100);
    if (kind < 2) {
      byte[] none = random.nextBoolean() ? null : new byte[0];
      return new Hostile(stream, none, value, time, Optional.of("NULL_KEY"));
    }
    if (kind < 4) {
      byte[] key = {(byte) 0xff, (byte) 0xfe, (byte) random.nextInt(256)};
      return new Hostile(stream, key, value, time, Optional.of("UNDECODABLE_KEY"));
    }
    if (kind < 5 && random.nextInt(10) == 0) {
      return new Hostile(stream, new byte[HUGE_KEY_BYTES], value, time, Optional.empty());
    }
    if (kind < 7) {
      byte[] key = text().getBytes(UTF_8);
      return new Hostile(
          stream, key, value, time, key.length == 0 ? Optional.of("NULL_KEY") : Optional.empty());
    }
    byte[] key = ("fuzz-" + random.nextInt(TENANTS)).getBytes(UTF_8);
    if (value == null && stream == StreamKind.QUERIES) {
      return new Hostile(stream, key, null, time, Optional.of("NULL_VALUE"));
    }
    if (kind < 8) {
      return new Hostile(stream, key, unknownSchema(), time, Optional.of("UNDECODABLE"));
    }
    return new Hostile(stream, key, value, time, Optional.empty());
  }

  private byte[] value(StreamKind stream) {
    return switch (random.nextInt(16)) {
      case 0 -> random.nextInt(8) == 0 ? null : new byte[0];
      case 1 -> garbage(random.nextInt(80));
      case 2 -> withEnvelopeOf(valid(stream));
      case 3 -> Arrays.copyOf(valid(stream), random.nextInt(60));
      case 4, 5, 6 -> flipped(valid(stream));
      case 7 -> valid(stream == StreamKind.SUPPORT ? StreamKind.QUERIES : StreamKind.SUPPORT);
      default -> valid(stream);
    };
  }

  private byte[] valid(StreamKind stream) {
    return serializer.apply(stream, stream == StreamKind.SUPPORT ? supportEvent() : query());
  }

  private SupportEvent supportEvent() {
    SupportOperation[] operations = SupportOperation.values();
    boolean hostile = random.nextInt(3) > 0;
    return SupportEvent.newBuilder()
        .setEventId(hostile ? text() : "e" + random.nextInt(50))
        .setOperation(
            random.nextInt(3) > 0
                ? SupportOperation.ADD
                : operations[random.nextInt(operations.length)])
        .setLabel(hostile ? orNull(text()) : "label-" + random.nextInt(9))
        .setPayload(random.nextInt(10) == 0 ? null : payload(hostile))
        .setWeight(hostile && random.nextBoolean() ? hostileFloat() : 1)
        .setExpiresAtEpochMillis(random.nextInt(20) == 0 ? random.nextLong() : null)
        .setTargetEventId(hostile ? orNull(text()) : "e" + random.nextInt(50))
        .setQueryId(orNull(text()))
        .build();
  }

  private QueryEvent query() {
    boolean hostile = random.nextInt(3) > 0;
    return QueryEvent.newBuilder()
        .setQueryId(hostile ? text() : "q" + random.nextInt(1000))
        .setPayload(payload(hostile && random.nextBoolean()))
        .build();
  }

  private Object payload(boolean hostile) {
    float[] features = features(hostile);
    return switch (random.nextInt(hostile ? 5 : 2)) {
      case 0 -> PackedFeatures.pack(features);
      case 1 -> PackedFeatures.pack(features, PackedType.FLOAT16);
      case 2 -> {
        List<Float> boxed = new ArrayList<>();
        for (float feature : features) {
          boxed.add(feature);
        }
        yield new FeaturesPayload(boxed);
      }
      case 3 ->
          new PackedFeaturesPayload(
              random.nextBoolean() ? PackedType.FLOAT32 : PackedType.FLOAT16,
              ByteBuffer.wrap(garbage(random.nextInt(40))));
      default -> new TextPayload(text());
    };
  }

  private float[] features(boolean hostile) {
    int dimension = hostile && random.nextInt(4) == 0 ? random.nextInt(40) : DIMENSION;
    if (hostile && random.nextInt(1000) == 0) {
      dimension = 20_000;
    }
    float[] features = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      features[d] = (float) random.nextGaussian();
    }
    if (hostile && dimension > 0) {
      features[random.nextInt(dimension)] = hostileFloat();
    }
    return features;
  }

  private byte[] flipped(byte[] bytes) {
    // Seldom in the envelope: each unknown schema id asks the registry, which takes its time.
    int first = random.nextInt(20) == 0 ? 0 : ENVELOPE_BYTES;
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bytes[first + random.nextInt(bytes.length - first)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** A valid beginning, then anything. */
  private byte[] withEnvelopeOf(byte[] bytes) {
    byte[] garbage = garbage(ENVELOPE_BYTES + random.nextInt(60));
    System.arraycopy(bytes, 0, garbage, 0, ENVELOPE_BYTES);
    return garbage;
  }

  private byte[] unknownSchema() {
    byte[] garbage = garbage(12);
    return ByteBuffer.wrap(garbage).put((byte) 0).putInt(1_000_000 + random.nextInt(20)).array();
  }

  private byte[] garbage(int length) {
    byte[] garbage = new byte[length];
    random.nextBytes(garbage);
    return garbage;
  }

  private float hostileFloat() {
    return FLOATS[random.nextInt(FLOATS.length)];
  }

  private String text() {
    return random.nextInt(3) == 0 ? "t" + random.nextInt(100) : pick();
  }

  private String pick() {
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    // Long ones are rare: they are the same again and again, and cost most of the time.
    return text.length() > 1000 && random.nextInt(20) > 0 ? "" : text;
  }

  private String orNull(String text) {
    return random.nextInt(5) == 0 ? null : text;
  }
}
