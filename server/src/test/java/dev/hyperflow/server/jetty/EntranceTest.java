package dev.hyperflow.server.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EntranceTest {
  private static final String ORIGIN = "https://desk.example:8443";

  private static RawServer server;

  @BeforeAll
  static void start() {
    server =
        new RawServer(
            Map.of(
                "http.base-path", "/team/hyperflow",
                "http.cors.origins", ORIGIN,
                "http.max-connections", "20"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(String line, String... headers) throws IOException {
    return server.send(
        line
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
            + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/echo/\u00c3\u00a9",
        "/echo/\u00f0\u009f\u0098\u0080",
        "/\u00ff",
        "/api/here?a=\u00e9"
      })
  void shouldRefuseBytesThatNobodyEscaped(String path) throws IOException {
    assertThat(ask("GET " + path)).startsWith("HTTP/1.1 400").contains("MALFORMED");
  }

  @Test
  void shouldRefuseARawNumberSign() throws IOException {
    assertThat(ask("GET /#other")).startsWith("HTTP/1.1 400").contains("expected %23");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/team/hyperflow/"})
  void shouldAnswerWithAndWithoutTheBasePath(String path) throws IOException {
    assertThat(ask("GET " + path)).startsWith("HTTP/1.1 200").contains("here");
  }

  @Test
  void shouldSendABrowserToThePageUnderTheBasePath() throws IOException {
    assertThat(ask("GET /team/hyperflow"))
        .startsWith("HTTP/1.1 308")
        .contains("Location: /team/hyperflow/");
    assertThat(ask("GET /team/hyperflowing/")).startsWith("HTTP/1.1 404");
  }

  @Test
  void shouldLetNamedOriginsCallIt() throws IOException {
    assertThat(
            ask(
                "OPTIONS /echo",
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type"))
        .startsWith("HTTP/1.1 2")
        .contains("Access-Control-Allow-Origin: " + ORIGIN, "Access-Control-Allow-Methods");
    assertThat(ask("GET /", "Origin: " + ORIGIN))
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: " + ORIGIN);
  }

  @Test
  void shouldTellOtherOriginsNothing() throws IOException {
    assertThat(ask("GET /", "Origin: https://evil.example"))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  @Test
  void shouldNameTheMethodsOfAPath() throws IOException {
    assertThat(ask("DELETE /echo")).startsWith("HTTP/1.1 405").contains("Allow: OPTIONS, POST");
    assertThat(ask("OPTIONS /")).startsWith("HTTP/1.1 204").contains("Allow: GET, HEAD, OPTIONS");
  }

  @Test
  void shouldAnswerBesideManyIdleConnections() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        idle.add(server.connect());
      }

      assertThat(ask("GET /")).startsWith("HTTP/1.1 200");
      assertThat(idle.get(0).getInputStream().read()).as("the one idle longest").isEqualTo(-1);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }
}
