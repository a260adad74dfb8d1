package dev.hyperflow.topology.internal.decode;

import static dev.hyperflow.topology.internal.decode.Decoding.TENANT;
import static dev.hyperflow.topology.internal.decode.Decoding.TIME;
import static dev.hyperflow.topology.internal.decode.Decoding.accepted;
import static dev.hyperflow.topology.internal.decode.Decoding.decode;
import static dev.hyperflow.topology.internal.decode.Decoding.giving;
import static dev.hyperflow.topology.internal.decode.Decoding.record;
import static dev.hyperflow.topology.internal.decode.Decoding.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a decoder of any topic does with keys, values and failures. */
class EventDecoderTest {
  private static final byte[] KEY = TENANT.getBytes(UTF_8);
  private static final byte[] VALUE = {0, 1};
  private static final QueryEvent QUERY = new QueryEvent("q1", new TextPayload("where is it?"));

  @Test
  void shouldTakeTenantAndTimeFromTheRecord() {
    assertThat(decode(new QueryDecoder(giving(QUERY))))
        .isEqualTo(accepted(new Event.Query(TENANT, TIME, "q1", new Payload.Text("where is it?"))));
  }

  @Test
  void shouldRefuseARecordWithoutATenant() {
    Decoded expected = refused(Reason.NULL_KEY, "key: expected the tenant, found none");

    assertThat(decodeWithKey(null)).isEqualTo(expected);
    assertThat(decodeWithKey(new byte[0])).isEqualTo(expected);
  }

  @Test
  void shouldRefuseAKeyThatIsNoText() {
    assertThat(decodeWithKey(new byte[] {(byte) 0xC3, (byte) 0x28, 2}))
        .isEqualTo(
            refused(
                Reason.UNDECODABLE_KEY,
                "key: expected the tenant as UTF-8, found 3 other bytes that look like binary"
                    + " data"));
  }

  @Test
  void shouldSayWhatAKeyWithControlCharactersLooksLike() {
    assertThat(decodeWithKey(new byte[] {0, 0, 0, 0, 0, 0, 0, 42}))
        .isEqualTo(
            refused(
                Reason.UNDECODABLE_KEY,
                "key: expected the tenant as UTF-8 text, found control characters in 8 bytes that"
                    + " look like the 8-byte number 42"));
    assertThat(decodeWithKey(new byte[] {0, 0, 0, 0, 5, 8, 'a', 'c', 'm', 'e'}))
        .isEqualTo(
            refused(
                Reason.UNDECODABLE_KEY,
                "key: expected the tenant as UTF-8 text, found control characters in 10 bytes that"
                    + " look like a value with the schema id 5 in front"));
  }

  @Test
  void shouldRefuseAKeyThatLooksLikeThatOfAnotherTenant() {
    assertThat(decodeWithKey("acme ".getBytes(UTF_8)))
        .isEqualTo(refused(Reason.KEY_NOT_NORMAL, "key: expected no space at its ends, found one"));
    assertThat(decodeWithKey("cafe\u0301".getBytes(UTF_8)))
        .isEqualTo(
            refused(
                Reason.KEY_NOT_NORMAL,
                "key: expected composed signs (Unicode NFC), found signs that are taken apart"));
    assertThat(decodeWithKey("ac\u200Bme".getBytes(UTF_8)))
        .isEqualTo(
            refused(
                Reason.INVISIBLE_SIGN,
                "key: expected signs that can be seen, found U+200B ZERO WIDTH SPACE at 2"));
  }

  @Test
  void shouldForgetATenantOfAnyNameThatAnEarlierVersionRemembered() {
    for (String tenant : new String[] {"acme ", "cafe\u0301", "ac\u200Bme", "\0\0*"}) {
      byte[] key = tenant.getBytes(UTF_8);

      assertThat(
              new SupportDecoder(giving(QUERY))
                  .decode(record("support", key, null), new RecordHeaders()))
          .isEqualTo(accepted(new Event.ForgetTenant(tenant, TIME)));
    }
  }

  @Test
  void shouldSayWhyAValueCannotBeRead() {
    assertThat(decode(new QueryDecoder(failing(new SerializationException("no magic byte")))))
        .isEqualTo(refused(Reason.UNDECODABLE, "value: no magic byte"));
  }

  @Test
  void shouldNameTheCauseOfAValueThatCannotBeRead() {
    SerializationException thrown =
        new SerializationException("not Avro", new IllegalStateException("ends too soon"));

    assertThat(decode(new QueryDecoder(failing(thrown))))
        .isEqualTo(refused(Reason.UNDECODABLE, "value: not Avro: ends too soon"));
    assertThat(
            decode(
                new QueryDecoder(
                    failing(new SerializationException("not Avro", new RuntimeException())))))
        .isEqualTo(refused(Reason.UNDECODABLE, "value: not Avro"));
  }

  @Test
  void shouldNameACauseOnce() {
    SerializationException thrown =
        new SerializationException(
            "not Avro: ends too soon", new IllegalStateException("ends too soon"));

    assertThat(decode(new QueryDecoder(failing(thrown))))
        .isEqualTo(refused(Reason.UNDECODABLE, "value: not Avro: ends too soon"));
  }

  @Test
  void shouldNotBlameTheRecordForTheRegistry() {
    TimeoutException unreachable = new TimeoutException("registry");

    assertThatThrownBy(() -> decode(new QueryDecoder(failing(unreachable)))).isSameAs(unreachable);
  }

  static Stream<Exception> outages() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketTimeoutException("Read timed out"),
        new UnknownHostException("registry"),
        new HttpConnectTimeoutException("no connection"),
        new SSLHandshakeException("expired"),
        new IOException(new ConnectException("Connection refused")),
        new RestClientException(503),
        new RestClientException(401));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void shouldNotBlameTheRecordWhenItsDeserializerHidesAnOutage(Exception outage) {
    SerializationException thrown = new SerializationException("Error retrieving id 7", outage);

    assertThatThrownBy(() -> decode(new QueryDecoder(failing(thrown))))
        .isInstanceOf(RegistryOutageException.class)
        .hasMessageContaining("registry: expected an answer")
        .hasRootCause(root(outage));
  }

  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }

  static Stream<Exception> faultsOfTheRecord() {
    return Stream.of(new EOFException(), new IOException("corrupt"), new RestClientException(404));
  }

  @ParameterizedTest
  @MethodSource("faultsOfTheRecord")
  void shouldBlameTheRecordForItsBytesAndItsId(Exception fault) {
    assertThat(decode(new QueryDecoder(failing(new SerializationException("bad record", fault)))))
        .asString()
        .contains("UNDECODABLE", "bad record");
  }

  /** Stands for the class of this name in Confluent's client. */
  public static final class RestClientException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    RestClientException(int status) {
      super("status " + status);
      this.status = status;
    }

    public int getStatus() {
      return status;
    }
  }

  @Test
  void shouldRefuseAValueThatHoldsNothing() {
    assertThat(decode(new QueryDecoder(giving(null))))
        .isEqualTo(refused(Reason.UNDECODABLE, "value: expected a QueryEvent, found nothing"));
  }

  @Test
  void shouldRefuseARecordOfAnotherTopic() {
    assertThat(decode(new SupportDecoder(giving(QUERY))))
        .isEqualTo(
            refused(Reason.UNDECODABLE, "value: expected a SupportEvent, found a QueryEvent"));
  }

  @Test
  void shouldHandTopicHeadersAndBytesToTheDeserializer() {
    // Given
    AtomicReference<Object[]> seen = new AtomicReference<>();
    Deserializer<Object> deserializer =
        new Deserializer<>() {
          @Override
          public Object deserialize(String topic, byte[] data) {
            throw new AssertionError("expected the form with headers");
          }

          @Override
          public Object deserialize(String topic, Headers headers, byte[] data) {
            seen.set(new Object[] {topic, headers, data});
            return QUERY;
          }
        };
    RecordHeaders headers = new RecordHeaders();

    // When
    new QueryDecoder(deserializer).decode(record("queries", KEY, VALUE), headers);

    // Then
    assertThat(seen.get()).containsExactly("queries", headers, VALUE);
  }

  @Test
  void shouldCloseItsDeserializer() {
    // Given
    AtomicBoolean closed = new AtomicBoolean();
    Deserializer<Object> deserializer =
        new Deserializer<>() {
          @Override
          public Object deserialize(String topic, byte[] data) {
            return null;
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };

    // When
    new QueryDecoder(deserializer).close();

    // Then
    assertThat(closed).isTrue();
  }

  private static Decoded decodeWithKey(byte[] key) {
    return new QueryDecoder(giving(QUERY))
        .decode(record("queries", key, VALUE), new RecordHeaders());
  }

  private static Deserializer<Object> failing(RuntimeException thrown) {
    return (topic, bytes) -> {
      throw thrown;
    };
  }
}
