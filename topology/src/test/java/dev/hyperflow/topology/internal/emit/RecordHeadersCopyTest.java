package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordHeadersCopyTest {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int ROOMY = 1 << 20;
  private static final int NAME_BYTES = 3; // one char may take three bytes of UTF-8

  @Test
  void shouldCopyAllHeadersInTheirOrder() {
    Headers original =
        new RecordHeaders().add("a", new byte[] {1}).add("b", null).add("a", new byte[] {2});

    assertThat(RecordHeadersCopy.of(original, ROOMY)).isEqualTo(original).isNotSameAs(original);
  }

  @Test
  void shouldLeaveOutWhatNamesTheSchemaOfTheInput() {
    Headers original =
        new RecordHeaders()
            .add("__value_schema_id", new byte[17])
            .add("__key_schema_id", new byte[17])
            .add("apicurio.value.globalId", new byte[8])
            .add("__TypeId__", "org.acme.Ticket".getBytes(UTF_8))
            .add("__KeyTypeId__", "java.lang.Long".getBytes(UTF_8))
            .add("__ContentTypeId__", "org.acme.Line".getBytes(UTF_8))
            .add("contentType", "application/json".getBytes(UTF_8))
            .add("content-type", "application/cloudevents+json".getBytes(UTF_8))
            .add("ce_dataschema", "https://acme.org/ticket".getBytes(UTF_8))
            .add("my__value_schema_id", new byte[] {1});

    assertThat(RecordHeadersCopy.of(original, ROOMY).toArray())
        .extracting(Header::key)
        .containsExactly("my__value_schema_id");
  }

  @Test
  void shouldLeaveTheOriginalAlone() {
    Headers original = new RecordHeaders().add("a", new byte[] {1});

    RecordHeadersCopy.of(original, ROOMY).add("b", new byte[] {2}).remove("a");

    assertThat(original.toArray()).hasSize(1);
    assertThat(original.lastHeader("a")).isNotNull();
  }

  @Test
  void shouldCopyHeadersThatJustFit() {
    Headers original = new RecordHeaders().add("a", new byte[MAX_BYTES - NAME_BYTES]);

    assertThat(RecordHeadersCopy.of(original, ROOMY)).isEqualTo(original);
  }

  @Test
  void shouldLeaveOutAllHeadersWhenTheyAreTooLarge() {
    Headers original =
        new RecordHeaders()
            .add("small", new byte[] {1})
            .add("a", new byte[MAX_BYTES - NAME_BYTES + 1]);

    assertThat(RecordHeadersCopy.of(original, ROOMY)).isEmpty();
  }

  @Test
  void shouldLeaveOutHeadersForWhichThereIsNoRoom() {
    Headers original = new RecordHeaders().add("a", new byte[100]);

    assertThat(RecordHeadersCopy.of(original, 100 + NAME_BYTES)).isEqualTo(original);
    assertThat(RecordHeadersCopy.of(original, 100 + NAME_BYTES - 1)).isEmpty();
    assertThat(RecordHeadersCopy.of(original, -1)).isEmpty();
  }

  @Test
  void shouldCountTheNamesToo() {
    Headers original = new RecordHeaders().add("n".repeat(MAX_BYTES / NAME_BYTES + 1), null);

    assertThat(RecordHeadersCopy.of(original, ROOMY)).isEmpty();
  }
}
