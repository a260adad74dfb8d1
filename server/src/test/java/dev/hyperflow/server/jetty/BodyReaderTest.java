package dev.hyperflow.server.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BodyReaderTest {
  private static final int LIMIT = 1024;
  private static RawServer server;

  @BeforeAll
  static void start() {
    server = new RawServer(Map.of("http.max-body-bytes", "" + LIMIT, "http.timeout.ms", "300"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String head(String more) {
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n";
  }

  private static String json(String body) {
    return head(
            "Content-Type: application/json; charset=utf-8\r\nContent-Length: "
                + body.length()
                + "\r\n")
        + body;
  }

  @Test
  void shouldReadABodyUpToTheLimit() throws IOException {
    String body = "x".repeat(LIMIT);

    assertThat(server.send(json(body))).startsWith("HTTP/1.1 200").endsWith(body);
  }

  @Test
  void shouldRefuseALargerOneByItsLengthAndAsItComes() throws IOException {
    assertThat(server.send(json("x".repeat(LIMIT + 1))))
        .startsWith("HTTP/1.1 413")
        .contains("TOO_LARGE", "at most " + LIMIT + " bytes");
    assertThat(
            server.send(
                head("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")
                    + "401\r\n"
                    + "x".repeat(LIMIT + 1)
                    + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void shouldAnswerAClientThatStillSendsMegabytes() throws IOException {
    assertThat(server.send(json("x".repeat(4 << 20))))
        .startsWith("HTTP/1.1 413")
        .contains("TOO_LARGE");
  }

  @Test
  void shouldRefuseWhatIsNoJson() throws IOException {
    assertThat(server.send(head("Content-Type: text/plain\r\nContent-Length: 1\r\n") + "x"))
        .startsWith("HTTP/1.1 415");
    assertThat(server.send(head("Content-Length: 1\r\n") + "x")).startsWith("HTTP/1.1 415");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json; charset=iso-8859-1 | identity | expected charset utf-8, found another",
        "application/jsonp                    | identity | expected application/json, found another",
        "application/json                     | gzip     | Content-Encoding: expected none",
        "application/json; charset=UTF-8      | br       | Content-Encoding: expected none",
      })
  void shouldNameWhatIsNoJsonInUtf8(String type, String encoding, String message)
      throws IOException {
    assertThat(
            server.send(
                head(
                        "Content-Type: %s\r\nContent-Encoding: %s\r\nContent-Length: 1\r\n"
                            .formatted(type, encoding))
                    + "x"))
        .startsWith("HTTP/1.1 415")
        .contains(message);
  }

  @Test
  void shouldTakeOtherSpellingsOfJsonInUtf8() throws IOException {
    String type = "Content-Type: Application/JSON;Charset=\"UTF-8\"\r\n";
    String plain = "Content-Encoding: identity\r\n";

    assertThat(server.send(head(type + plain + "Content-Length: 1\r\n") + "x"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldNotWaitForTheRestOfABody() throws IOException {
    try (Socket socket = server.connect()) {
      socket
          .getOutputStream()
          .write(
              (head("Content-Type: application/json\r\nContent-Length: 9\r\n") + "{")
                  .getBytes(ISO_8859_1));

      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

      assertThat(answer).startsWith("HTTP/1.1 408").contains("TOO_SLOW");
    }
  }
}
