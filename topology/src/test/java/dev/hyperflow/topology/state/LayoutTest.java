package dev.hyperflow.topology.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Fingerprint;
import dev.hyperflow.engine.remember.Example;
import dev.hyperflow.engine.remember.LabelRing;
import dev.hyperflow.engine.remember.Slot;
import dev.hyperflow.engine.remember.TenantMeta;
import dev.hyperflow.models.Head;
import dev.hyperflow.topology.Golden;
import dev.hyperflow.topology.source.SourceRecord;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final String ADVICE =
      "state written by a released version must stay readable: add a layout version instead";

  private static final Fingerprint FINGERPRINT =
      new Fingerprint(0x0123456789abcdefL, 0xfedcba9876543210L);
  private static final Example EXAMPLE =
      new Example(
          "event-ä", 1_700_000_000_123L, 1.5f, FINGERPRINT, FeatureVector.of(new float[] {1, -2}));
  private static final TenantMeta META =
      TenantMeta.of(
          7,
          3,
          2,
          FINGERPRINT,
          List.of(new LabelRing(0, "red", List.of(1, 0)), new LabelRing(2, "blue", List.of(5))));
  private static final AdaptedHead HEAD =
      new AdaptedHead(
          "bundle@0123",
          FINGERPRINT,
          3,
          List.of("blue", "red"),
          Head.of(2, 1, new float[] {1, 2, 3, 4}),
          Head.of(2, 1, new float[] {5, 6, 7, 8}));

  @Test
  void shouldKeepTheBytesOfExamples() {
    byte[] key = ExampleLayout.key("tenant", new Slot(258, 3));
    byte[] value = ExampleLayout.value(EXAMPLE);

    Golden.assertGolden("support-memory-v1.hex", lines(key, value), ADVICE);
    assertThat(ExampleLayout.slot(key)).isEqualTo(new Slot(258, 3));
    assertThat(ExampleLayout.example(value)).isEqualTo(EXAMPLE);
  }

  @Test
  void shouldKeepTheBytesOfMetas() {
    byte[] value = TenantMetaLayout.value(META);

    Golden.assertGolden("tenant-meta-v1.hex", lines(TenantMetaLayout.key("tenant"), value), ADVICE);
    TenantMeta read = TenantMetaLayout.meta(value);
    assertThat(read).usingRecursiveComparison().isEqualTo(META);
  }

  @Test
  void shouldKeepTheBytesOfTheIndex() {
    byte[] value = ExampleIndexLayout.value(new Slot(258, 3));

    Golden.assertGolden(
        "example-index-v1.hex", lines(ExampleIndexLayout.key("tenant", "event-ä"), value), ADVICE);
    assertThat(ExampleIndexLayout.slot(value)).isEqualTo(new Slot(258, 3));
  }

  @Test
  void shouldKeepTheBytesOfHeads() {
    byte[] value = HeadLayout.value(HEAD);

    Golden.assertGolden("heads-v1.hex", lines(LayoutBytes.utf8("tenant"), value), ADVICE);
    assertThat(HeadLayout.head(value)).isEqualTo(HEAD);
  }

  @Test
  void shouldKeepTheBytesOfTheInbox() {
    SourceRecord source =
        new SourceRecord(
            "queries", 3, 1L << 40, 1_700_000_000_123L, LayoutBytes.utf8("tenant"), null);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace-ä", new byte[] {1, 2}).add("empty", null).add("trace-ä", new byte[0]);
    byte[] value = InboxLayout.value(258, source, headers);

    Golden.assertGolden("inbox-v1.hex", lines(InboxLayout.key(258), value), ADVICE);
    InboxEntry read = InboxLayout.entry(value);
    assertThat(InboxLayout.slot(InboxLayout.key(258))).isEqualTo(258);
    assertThat(read.place()).isEqualTo(258);
    assertThat(read.source()).usingRecursiveComparison().isEqualTo(source);
    assertThat(read.headers()).isEqualTo(headers);
  }

  @Test
  void shouldRefuseALayoutVersionItDoesNotKnow() {
    byte[] value = ExampleIndexLayout.value(new Slot(1, 1));
    value[0] = 9;

    assertThatThrownBy(() -> ExampleIndexLayout.slot(value))
        .hasMessage("example-index: expected layout version 1, found 9");
  }

  @Property
  void shouldNeverLetOneTenantsKeysBeginWithAnothersPrefix(
      @ForAll @StringLength(max = 300) String one, @ForAll @StringLength(max = 300) String other) {
    byte[] prefix = TenantKey.prefix(one);
    byte[] key = TenantKey.with(other, LayoutBytes.utf8("e1"));

    boolean begins =
        key.length >= prefix.length
            && java.util.Arrays.equals(prefix, 0, prefix.length, key, 0, prefix.length);
    assertThat(begins)
        .isEqualTo(java.util.Arrays.equals(LayoutBytes.utf8(one), LayoutBytes.utf8(other)));
  }

  private static String lines(byte[] key, byte[] value) {
    return HexFormat.of().formatHex(key) + "\n" + HexFormat.of().formatHex(value) + "\n";
  }
}
