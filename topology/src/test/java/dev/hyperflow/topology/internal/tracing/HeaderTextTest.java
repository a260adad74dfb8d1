package dev.hyperflow.topology.internal.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeaderTextTest {
  private final Headers headers = new RecordHeaders();

  @Test
  void shouldReadTheLastHeaderOfAName() {
    headers.add("traceparent", "first".getBytes(UTF_8)).add("traceparent", "lást".getBytes(UTF_8));

    assertThat(HeaderText.INSTANCE.get(headers, "traceparent")).isEqualTo("lást");
  }

  @Test
  void shouldReadNothingWhereNothingIs() {
    headers.add("empty", null);

    assertThat(HeaderText.INSTANCE.get(headers, "empty")).isNull();
    assertThat(HeaderText.INSTANCE.get(headers, "absent")).isNull();
    assertThat(HeaderText.INSTANCE.get(null, "any")).isNull();
  }

  @Test
  void shouldReplaceTheHeadersOfAName() {
    headers.add("traceparent", new byte[] {1}).add("traceparent", new byte[] {2});
    headers.add("other", new byte[] {3});

    HeaderText.INSTANCE.set(headers, "traceparent", "new");

    assertThat(headers.headers("traceparent")).hasSize(1);
    assertThat(HeaderText.INSTANCE.get(headers, "traceparent")).isEqualTo("new");
    assertThat(headers.lastHeader("other").value()).containsExactly(3);
  }
}
