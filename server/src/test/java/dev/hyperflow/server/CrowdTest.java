package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.ApiFixture.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many clients at a time, and slow ones. {@code -Dhyperflow.crowd.clients} sets how many; each
 * takes a file descriptor of this process and one of another.
 */
@Timeout(300)
class CrowdTest {
  private static final int CLIENTS = Integer.getInteger("hyperflow.crowd.clients", 2_000);
  private static final long MAX_SECONDS = 120;
  private static final long BYTES_KEPT = 64L << 20;
  private static final int SLOW_CLIENTS = 200;
  private static final String TENANT = "crowd";
  private static final String TEXT = "{\"text\":\"they took my card\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  @TempDir Path directory;

  @Test
  void shouldAnswerEverybodyOfAVeryLargeCrowd() throws Exception {
    // Given
    teach();
    try (HttpServer server =
        API.server(
            Map.of(
                "http.max-connections",
                Integer.toString(CLIENTS + SLOW_CLIENTS),
                "http.timeout.ms",
                "60000"))) {
      Client client = new Client(server.url(), null);
      String before = probabilities(client);
      long usedBefore = used();
      ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);

      // When
      Map<String, Integer> outcomes = crowd(server, CLIENTS);

      // Then each got its answer, or was told when to come again
      System.out.printf(
          "A crowd of %,d: %s, heap before %d MB, at most %d MB%n",
          CLIENTS, outcomes, usedBefore >> 20, peak() >> 20);
      assertThat(outcomes.get("hung")).isZero();
      assertThat(outcomes.keySet())
          .containsOnly("200", "503", "hung", "connectMillis", "answerMillis");
      assertThat(outcomes.get("200")).isPositive();
      assertThat(outcomes.get("200") + outcomes.getOrDefault("503", 0)).isEqualTo(CLIENTS);

      // And nothing of it is left
      Awaitility.await().atMost(PATIENCE).until(() -> used() - usedBefore < BYTES_KEPT);
      assertThat(probabilities(client)).isEqualTo(before);
      assertThat(client.get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void shouldLetThoseWaitThatAreMoreThanItsConnections() throws Exception {
    teach();
    try (HttpServer server =
        API.server(Map.of("http.max-connections", "50", "http.timeout.ms", "500"))) {
      // All are connected before the first asks: what is not accepted waits until idle ones go.
      Map<String, Integer> outcomes = crowd(server, 300);

      assertThat(outcomes.get("hung")).isZero();
      assertThat(outcomes.get("200")).isPositive();
      assertThat(probabilities(new Client(server.url(), null))).isNotEmpty();
    }
  }

  private static void teach() {
    API.client().teach(TENANT, "e1", "cards", "my card was stolen");
    API.client().teach(TENANT, "e2", "loans", "what is the rate of a mortgage");
  }

  private static String probabilities(Client client) {
    return client.post(Client.path(TENANT) + "/predict", TEXT).json().get("labels").toString();
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The most that has been used since it was reset, with what nobody needed any more. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private Map<String, Integer> crowd(HttpServer server, int size) throws InterruptedException {
    Map<String, Integer> outcomes = new HashMap<>();
    try (JavaProcess clients =
        JavaProcess.start(
            directory.resolve("crowd.out"),
            Crowd.class,
            List.of("-Xmx512m"),
            List.of(
                Integer.toString(URI.create(server.url()).getPort()),
                Client.path(TENANT) + "/predict",
                TEXT,
                Integer.toString(size),
                Long.toString(MAX_SECONDS)))) {
      assertThat(clients.exitCode(2 * MAX_SECONDS)).as(clients.output()).isZero();
      for (String line : clients.output().lines().toList()) {
        String[] parts = line.split("=", 2);
        outcomes.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return outcomes;
  }

  @Test
  void shouldCutOffHeadersThatDribble() throws Exception {
    try (HttpServer server = API.server(Map.of("http.timeout.ms", "1000"))) {
      Client client = new Client(server.url(), null);
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < SLOW_CLIENTS; i++) {
        Socket socket = open(server);
        // Every other one was quick once.
        send(socket, i % 2 == 0 ? "" : "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        send(socket, "GET /api/v1/version HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        slow.add(socket);
      }

      // A byte now and then keeps none of them alive, and they keep nobody else waiting.
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                slow.removeIf(socket -> isCutOff(socket));
                assertThat(client.get("/health/ready").status()).isEqualTo(200);
                return slow.isEmpty();
              });
    }
  }

  @Test
  void shouldCutOffABodyThatDribbles() throws Exception {
    try (HttpServer server = API.server(Map.of("http.timeout.ms", "1000"));
        Socket socket = open(server)) {
      send(
          socket,
          "POST /api/v1/tenants/a/queries HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
      StringBuilder answer = new StringBuilder();
      byte[] block = new byte[4_096];

      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                try {
                  send(socket, " ");
                  int read = socket.getInputStream().read(block);
                  answer.append(
                      new String(block, 0, Math.max(0, read), StandardCharsets.ISO_8859_1));
                  return read < 0;
                } catch (SocketTimeoutException e) {
                  return false;
                } catch (IOException e) {
                  return true;
                }
              });

      assertThat(answer.toString()).startsWith("HTTP/1.1 408").contains("TOO_SLOW");
    }
  }

  private static Socket open(HttpServer server) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
    socket.setSoTimeout(1);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Sends one more byte, and looks whether the other side has gone. */
  private static boolean isCutOff(Socket socket) {
    try {
      send(socket, "x");
      return socket.getInputStream().read(new byte[4_096]) < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
