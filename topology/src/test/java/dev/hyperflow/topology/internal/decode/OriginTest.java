package dev.hyperflow.topology.internal.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final byte[] VALUE = {7};

  private static Headers own() {
    return new RecordHeaders().add("trace", "t".getBytes(UTF_8));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    for (byte[] key : new byte[][] {null, {}, {1, 2}}) {
      SourceRecord source = new SourceRecord("tickets", 2, 3_000_000_000L, 4, key, VALUE);

      SourceRecord read = Origin.read(Origin.with(own(), source), VALUE);

      assertThat(read).usingRecursiveComparison().isEqualTo(source);
      assertThat(Origin.without(Origin.with(own(), source))).isEqualTo(own());
    }
  }

  @Test
  void shouldKeepItsBytes() {
    SourceRecord source = new SourceRecord("t", 1, 2, 3, new byte[] {9}, VALUE);

    byte[] header = Origin.with(own(), source).lastHeader(Origin.HEADER).value();

    assertThat(HexFormat.of().formatHex(header))
        .isEqualTo(
            "01"
                + "00000001"
                + "0000000000000002"
                + "0000000000000003"
                + "0000000174"
                + "0000000109");
  }

  @Test
  void shouldRefuseARecordThatItDidNotWrite() {
    assertThatIllegalStateException().isThrownBy(() -> Origin.read(own(), VALUE));
    assertThatIllegalStateException()
        .isThrownBy(() -> Origin.read(own().add(Origin.HEADER, new byte[] {2}), VALUE));
  }
}
