package dev.hyperflow.topology.internal.decode;

import static dev.hyperflow.topology.internal.decode.Decoding.TENANT;
import static dev.hyperflow.topology.internal.decode.Decoding.TIME;
import static dev.hyperflow.topology.internal.decode.Decoding.accepted;
import static dev.hyperflow.topology.internal.decode.Decoding.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class InboxDecoderTest {
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void shouldDecodeByTheTopicThatARecordCameFrom() {
    try (InboxDecoder decoder = decoder()) {
      assertThat(decoder.decode(entry("queries")))
          .isEqualTo(accepted(new Event.Query(TENANT, TIME, "q1", new Payload.Text("text"))));
      assertThat(decoder.decode(entry("support")))
          .isEqualTo(accepted(new Event.ForgetTenant(TENANT, TIME)));
    }
  }

  @Test
  void shouldRefuseARecordOfATopicThatIsNoLongerRead() {
    try (InboxDecoder decoder = decoder()) {
      assertThat(decoder.decode(entry("renamed")))
          .isInstanceOfSatisfying(
              Decoded.Refused.class,
              refused -> {
                assertThat(refused.rejection().reason()).isEqualTo(Reason.UNDECODABLE);
                assertThat(refused.rejection().message())
                    .contains("support", "queries", "found renamed in the inbox");
              });
    }
  }

  @Test
  void shouldCloseItsDeserializers() {
    decoder().close();

    assertThat(closed).hasValue(2);
  }

  private InboxDecoder decoder() {
    return new InboxDecoder("support", "queries", this::deserializer, Map.of());
  }

  private static InboxEntry entry(String topic) {
    return new InboxEntry(
        0, 3, record(topic, TENANT.getBytes(UTF_8), new byte[] {1}), new RecordHeaders());
  }

  private Deserializer<?> deserializer() {
    return new Deserializer<Object>() {
      @Override
      public Object deserialize(String topic, byte[] data) {
        return topic.equals("queries")
            ? new QueryEvent("q1", new TextPayload("text"))
            : SupportEvent.newBuilder()
                .setEventId("e1")
                .setOperation(SupportOperation.FORGET_TENANT)
                .build();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }
}
