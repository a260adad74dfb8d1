package dev.hyperflow.server.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArrivalWatchTest {
  private static final int TIMEOUT_MILLIS = 300;
  private static RawServer server;

  @BeforeAll
  static void start() {
    server = new RawServer(Map.of("http.timeout.ms", "" + TIMEOUT_MILLIS));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void shouldCloseAConnectionOnWhichNothingComes() throws IOException {
    try (Socket socket = server.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldCloseAConnectionOnWhichAByteComesNowAndThen() throws IOException {
    try (Socket socket = server.connect()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));

      long bytes = drip(socket);

      // A byte every tenth of the timeout keeps the connection from being idle.
      assertThat(bytes).isGreaterThan(2);
    }
  }

  /** Writes a byte whenever nothing has come back for a while; gives how many until the close. */
  private static long drip(Socket socket) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS / 10);
    long bytes = 0;
    while (true) {
      try {
        if (socket.getInputStream().read() < 0) {
          return bytes;
        }
      } catch (SocketTimeoutException stillOpen) {
        bytes++;
        socket.getOutputStream().write('x');
      } catch (SocketException closed) {
        return bytes;
      }
    }
  }

  @Test
  void shouldKeepAConnectionForTheNextRequest() throws IOException {
    try (Socket socket = server.connect()) {
      byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1);
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write(request);
        String answer = "";
        while (!answer.endsWith("{\"here\":true}\n")) {
          int read = socket.getInputStream().read();
          assertThat(read).as("closed after %s", answer).isNotNegative();
          answer += (char) read;
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
      }
    }
  }
}
