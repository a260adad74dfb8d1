package dev.hyperflow.server.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostCheckTest {
  private static RawServer server;

  @BeforeAll
  static void start() {
    server =
        new RawServer(
            Map.of(
                "http.advertised-host", "me.example", "http.cors.origins", "https://desk.example"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(RawServer server, String headers) throws IOException {
    return server.send("GET / HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost",
        "Host: LOCALHOST:8080",
        "Host: 127.0.0.1:1",
        "Host: [::1]:8080",
        "Host: me.example:8080",
        "Host: localhost\r\nOrigin: http://localhost:8080",
        "Host: localhost\r\nOrigin: http://[::1]:8080",
        "Host: localhost\r\nSec-Fetch-Site: same-origin",
        "Host: localhost\r\nOrigin: https://desk.example\r\nSec-Fetch-Site: cross-site",
      })
  void shouldAnswerWhoAsksThisMachine(String headers) throws IOException {
    assertThat(get(server, headers)).startsWith("HTTP/1.1 200").contains("here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost.evil.example",
        "Host: 127.0.0.2",
        "Host: localhost\r\nOrigin: http://evil.example",
        "Host: localhost\r\nOrigin: http://desk.example",
        "Host: localhost\r\nOrigin: https://desk.example.evil.example",
        "Host: evil.example\r\nOrigin: https://desk.example",
        "Host: localhost\r\nOrigin: null",
        "Host: localhost\r\nSec-Fetch-Site: cross-site",
      })
  void shouldRefuseWhoAsksAnotherHostOrFromOne(String headers) throws IOException {
    assertThat(get(server, headers)).startsWith("HTTP/1.1 403").contains("WRONG_HOST");
  }

  @Test
  void shouldNotCareOnceTokensAreNeeded() throws IOException {
    try (RawServer open = new RawServer(Map.of("http.tokens", "tokens"))) {
      assertThat(get(open, "Host: evil.example")).startsWith("HTTP/1.1 200");
    }
  }
}
