package dev.hyperflow.topology.internal.decode;

import static dev.hyperflow.topology.internal.decode.Decoding.TENANT;
import static dev.hyperflow.topology.internal.decode.Decoding.TIME;
import static dev.hyperflow.topology.internal.decode.Decoding.accepted;
import static dev.hyperflow.topology.internal.decode.Decoding.features;
import static dev.hyperflow.topology.internal.decode.Decoding.giving;
import static dev.hyperflow.topology.internal.decode.Decoding.record;
import static dev.hyperflow.topology.internal.decode.Decoding.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.PackedType;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class QueryDecoderTest {
  @Test
  void shouldTakeATextAsItIs() {
    assertThat(decode(new TextPayload("  two  words ")))
        .isEqualTo(query(new Payload.Text("  two  words ")));
  }

  @Test
  void shouldTakeFeaturesFromAnArray() {
    assertThat(decode(new FeaturesPayload(List.of(0.5f, -1f))))
        .isEqualTo(query(features(0.5f, -1)));
  }

  @Test
  void shouldTakePackedFeaturesOfBothPrecisions() {
    float[] values = {0.5f, -1, 3};

    assertThat(decode(PackedFeatures.pack(values, PackedType.FLOAT32)))
        .isEqualTo(query(features(values)));
    assertThat(decode(PackedFeatures.pack(values, PackedType.FLOAT16)))
        .isEqualTo(query(features(values)));
  }

  @Test
  void shouldRefuseBytesThatAreNoWholeNumberOfFeatures() {
    PackedFeaturesPayload odd =
        new PackedFeaturesPayload(PackedType.FLOAT32, ByteBuffer.wrap(new byte[7]));

    assertThat(decode(odd))
        .isEqualTo(
            refused(
                Reason.MALFORMED_FEATURES,
                "payload.values: PackedFeaturesPayload.values has 7 bytes; expected a multiple of"
                    + " 4, the element size of FLOAT32"));
  }

  @Test
  void shouldRefuseAPayloadWithoutFeatures() {
    Decoded expected =
        refused(Reason.MALFORMED_FEATURES, "payload.values: expected features, found none");

    assertThat(decode(new FeaturesPayload(List.of()))).isEqualTo(expected);
    assertThat(decode(PackedFeatures.pack(new float[0]))).isEqualTo(expected);
  }

  @Test
  void shouldRefuseANullValue() {
    assertThat(
            new QueryDecoder(giving(null))
                .decode(record("queries", TENANT.getBytes(UTF_8), null), new RecordHeaders()))
        .isEqualTo(refused(Reason.NULL_VALUE, "value: expected a QueryEvent, found null"));
  }

  private static Decoded decode(Object payload) {
    return Decoding.decode(new QueryDecoder(giving(new QueryEvent("q1", payload))));
  }

  private static Decoded query(Payload payload) {
    return accepted(new Event.Query(TENANT, TIME, "q1", payload));
  }
}
