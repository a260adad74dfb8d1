package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs where the other side is not as it should be. */
@Timeout(60)
class TenantErrorsTest {
  private static final String NO_TENANTS =
      "{\"total\":0,\"page\":0,\"limit\":50,\"tenants\":[],\"newer\":1}";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile Answers answers;

  /** What the server says to its nth request, from 1. */
  @FunctionalInterface
  private interface Answers {
    void to(int number, HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          try (exchange) {
            answers.to(asked.incrementAndGet(), exchange);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String problem(int status, String code, String more) {
    return "{\"status\":%d,\"code\":\"%s\",\"message\":\"because\"%s}"
        .formatted(status, code, more);
  }

  @Test
  void shouldTryAgainWhatMayPass() {
    answers =
        (number, exchange) -> {
          if (number <= 3) {
            send(exchange, 503, problem(503, "REBALANCING", ",\"retryAfterMillis\":1"));
          } else {
            send(exchange, 200, NO_TENANTS);
          }
        };

    assertThat(list()).isZero();

    assertThat(asked).hasValue(4);
    assertThat(out.toString()).isEqualTo("No tenants.\n");
  }

  @Test
  void shouldNotTryForEver() {
    answers =
        (number, exchange) ->
            send(exchange, 503, problem(503, "REBALANCING", ",\"retryAfterMillis\":100"));

    assertThat(list("--timeout", "1")).isEqualTo(ExitCode.FAILED.code());

    assertThat(asked.get()).isBetween(2, 20);
    assertThat(err.toString())
        .contains("REBALANCING", "because", "tried again for 1 s")
        .doesNotContain("Exception");
  }

  @Test
  void shouldTryAgainWhenAConnectionBreaks() {
    answers =
        (number, exchange) -> {
          if (number > 1) {
            send(exchange, 200, NO_TENANTS);
          }
        };

    assertThat(list()).isZero();
    assertThat(asked.get()).isGreaterThan(1);
  }

  @Test
  void shouldSayWhatToDoAboutRefusals() throws IOException {
    answers = (number, exchange) -> send(exchange, 401, problem(401, "UNAUTHENTICATED", ""));
    assertThat(list()).isEqualTo(ExitCode.USAGE.code());
    assertThat(list("--token", "hf_me")).isEqualTo(ExitCode.USAGE.code());
    answers = (number, exchange) -> send(exchange, 403, problem(403, "FORBIDDEN", ""));
    Path file = Files.writeString(directory.resolve("token"), "hf_file  \nmore\n");
    assertThat(list("--token-file", file.toString())).isEqualTo(ExitCode.USAGE.code());

    assertThat(asked).as("none is tried again").hasValue(3);
    assertThat(tokens).containsExactly("null", "Bearer hf_me", "Bearer hf_file");
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("UNAUTHENTICATED", "HYPERFLOW_TOKEN"),
            line -> assertThat(line).contains("UNAUTHENTICATED", "does not hold this token"),
            line -> assertThat(line).contains("FORBIDDEN", "scope"));
    assertThat(err.toString()).doesNotContain("hf_");
  }

  @Test
  void shouldSayThatNothingListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(execute("list", "--url", "http://127.0.0.1:" + free))
        .isEqualTo(ExitCode.STARTUP.code());

    assertThat(err.toString())
        .contains("127.0.0.1:" + free, "expected a running application", "http.port", "--url");
  }

  @Test
  void shouldNotTakeAnotherServerForTheApplication() {
    answers = (number, exchange) -> send(exchange, 404, "<html>\u001b[31m nothing here");
    assertThat(list()).isEqualTo(ExitCode.STARTUP.code());
    answers = (number, exchange) -> send(exchange, 200, "<html>");
    assertThat(list()).isEqualTo(ExitCode.STARTUP.code());

    assertThat(err.toString()).contains("status 404", "status 200", "is --url right?");
  }

  @Test
  void shouldShowNothingThatATerminalObeys() {
    answers =
        (number, exchange) ->
            send(
                exchange,
                400,
                problem(400, "INVALID", "").replace("because", "found '\\u001b[31m\\u202e'"));

    assertThat(list()).isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).contains("\\u001b[31m\\u202e").doesNotContain("\u001b", "\u202e");
  }

  @Test
  void shouldTakeTheNameOfAFileForATenant() throws IOException {
    Path file = Files.writeString(directory.resolve("arguments"), "--json\n");
    List<String> asked = new CopyOnWriteArrayList<>();
    answers =
        (number, exchange) -> {
          asked.add(exchange.getRequestURI().getRawPath());
          send(exchange, 404, problem(404, "UNKNOWN_TENANT", ""));
        };

    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    assertThat(execute("show", "--url", url, "@" + file)).isEqualTo(ExitCode.FAILED.code());

    assertThat(asked).isNotEmpty().allMatch(path -> path.startsWith("/api/v1/tenants/%40%2F"));
  }

  @Test
  void shouldRefuseOptionsThatCannotBeUsed() throws IOException {
    answers = (number, exchange) -> send(exchange, 200, NO_TENANTS);
    Path off = Files.writeString(directory.resolve("off.properties"), configuration("-1"));
    String port = Integer.toString(server.getAddress().getPort());
    Path on = Files.writeString(directory.resolve("on.properties"), configuration(port));

    assertThat(execute("list", "--config", on.toString())).as(err.toString()).isZero();
    assertThat(asked).hasValue(1);
    for (String[] wrong :
        new String[][] {
          {"list", "--url", "ftp://here"},
          {"list", "--url", "http://"},
          {"list", "--url", "http://me:secret@here"},
          {"list", "--config", off.toString()},
          {"list", "--token", "a b"},
          {"list", "--token", "a", "--token-file", "b"},
          {"list", "--token-file", directory.resolve("none").toString()},
          {"list", "--trust", directory.resolve("none").toString()},
          {"list", "--timeout", "0"},
          {"list", "--limit", "0"},
          {"list", "--sort", "size"},
          {"show"},
          {"show", ""},
          {"show", "half \ud800 a pair"},
          {"show", "not utf-8 \ufffd"},
          {"show", "-x"},
          {"import", "a"},
          {"nothing"},
          {}
        }) {
      assertThat(execute(wrong)).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE.code());
    }
    assertThat(asked).hasValue(1);
    assertThat(err.toString())
        .contains("--url: expected http://HOST:PORT")
        .contains("expected a port in http.port, found -1")
        .contains("--token, --token-file: expected one of them, found both")
        .contains("TENANT: expected UTF-8")
        .doesNotContain("Exception");
  }

  private static String configuration(String port) {
    return "bootstrap.servers=broker:9092\nschema.registry.url=http://registry\nhttp.port=" + port;
  }

  private int list(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("list", "--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    all.addAll(List.of(more));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of("tenant"));
    all.addAll(List.of(args));
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
