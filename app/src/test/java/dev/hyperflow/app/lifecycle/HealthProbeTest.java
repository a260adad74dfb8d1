package dev.hyperflow.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:%d/health/live".formatted(server.getAddress().getPort());
  }

  @Test
  void shouldFindNothingWrongWithAnAnswerOf200() {
    assertThat(HealthProbe.troubleOf(url())).isEmpty();
  }

  @Test
  void shouldSayWhatAnotherAnswerWas() {
    status = 503;

    assertThat(HealthProbe.troubleOf(url())).contains(url() + ": expected 200, found 503");
  }

  @Test
  void shouldSayThatNobodyAnswersOrThatTheUrlIsNone() {
    String url = url();
    server.stop(0);

    assertThat(HealthProbe.troubleOf(url).orElseThrow())
        .startsWith(url + ": expected an answer, found: ");
    assertThat(HealthProbe.troubleOf("nonsense")).isPresent();
    assertThat(HealthProbe.troubleOf("file:///etc/hostname")).isPresent();
  }
}
