package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.models.Head;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final float[] INITIAL = {0, 0, 0, 0, 0, 0};
  private static final float[] ADAPTED = {1, 2, 3, -1, -2, -3};

  @Test
  void shouldPublishTheAdaptedHeadUnderItsTenant() {
    // Given
    AdaptedHead head =
        new AdaptedHead(
            "bundle-1",
            new Fingerprint(1, 2),
            5,
            List.of("billing", "tech"),
            Head.of(2, 2, INITIAL),
            Head.of(2, 2, ADAPTED));

    // When
    Record<byte[], Object> record =
        Heads.record(new Output.HeadAdapted(0, "acme", 42, head, false));

    // Then
    ByteBuffer weights = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    weights.asFloatBuffer().put(ADAPTED);
    assertThat(record.key()).isEqualTo("acme".getBytes(UTF_8));
    assertThat(record.timestamp()).isEqualTo(42);
    assertThat(record.value())
        .isEqualTo(
            new dev.hyperflow.events.AdaptedHead(
                "bundle-1",
                "00000000000000010000000000000002",
                5,
                List.of("billing", "tech"),
                2,
                weights));
  }
}
