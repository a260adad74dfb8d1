package dev.hyperflow.server.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Calls;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.json.Attention;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.view.Owner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final List<String> received = new ArrayList<>();
  private HttpServer other;
  private int status = 200;
  private String answer = "{}";
  private Owner owner = new Owner.Local();

  @BeforeEach
  void start() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", this::receive);
    other.start();
  }

  @AfterEach
  void stop() {
    other.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    received.add(
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst(Call.FORWARDED),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", Reply.PROBLEM);
    exchange.getResponseHeaders().set("Retry-After", "3");
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Owner.Remote remote() {
    return new Owner.Remote("127.0.0.1", other.getAddress().getPort());
  }

  private Peers peers(Owner.Remote... others) {
    ApplicationConfig config =
        ApplicationConfig.of(
            Map.of(
                "bootstrap.servers", "broker:9092",
                "schema.registry.url", "http://registry",
                "http.timeout.ms", "5000"));
    return new Peers(
        new Peers.Cluster(tenant -> owner, () -> List.of(others)), config.http(), Optional.empty());
  }

  private static Call call(String method, Map<String, String> headers, String body) {
    return Calls.of(method, "/api/v1/tenants/a%2Fb?x=%20", "a/b", headers, body);
  }

  @Test
  void shouldAnswerItselfWhatItOwns() {
    assertThat(peers().elsewhere(call("GET", Map.of(), ""))).isEmpty();
    assertThat(received).isEmpty();
  }

  @Test
  void shouldHandARequestOnAsItCameAndGiveTheAnswerBack() {
    owner = remote();
    status = 404;
    answer = "{\"code\":\"UNKNOWN_TENANT\"}";

    Reply reply =
        peers()
            .elsewhere(call("POST", Map.of("Authorization", "Bearer x"), "{\"a\":1}"))
            .orElseThrow();

    assertThat(received).containsExactly("POST /api/v1/tenants/a%2Fb?x=%20 Bearer x 1 {\"a\":1}");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.mediaType()).isEqualTo(Reply.PROBLEM);
    assertThat(reply.headers())
        .containsOnly(Map.entry("Retry-After", "3"), Map.entry("WWW-Authenticate", "Bearer"));
    assertThat(new String(reply.content(), UTF_8)).isEqualTo(answer);
  }

  @Test
  void shouldNotHandOnASecondTimeNorWithoutAnOwner() {
    owner = remote();
    assertRefused(
        ErrorCode.REBALANCING,
        () -> peers().elsewhere(call("GET", Map.of(Call.FORWARDED, "1"), "")));

    owner = new Owner.Unknown();
    assertRefused(ErrorCode.REBALANCING, () -> peers().elsewhere(call("GET", Map.of(), "")));
    assertThat(received).isEmpty();
  }

  @Test
  void shouldSayThatAnInstanceDoesNotAnswer() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      owner = new Owner.Remote("127.0.0.1", closed.getLocalPort());
    }

    assertRefused(ErrorCode.UNREACHABLE, () -> peers().elsewhere(call("GET", Map.of(), "")));
    assertRefused(
        ErrorCode.UNREACHABLE,
        () ->
            peers((Owner.Remote) owner)
                .gather(call("GET", Map.of(), ""), "/tenants", Tenants.Page.class));
  }

  @Test
  void shouldCollectWhatThoseAnswerThatDo() throws IOException {
    answer = "{\"instances\":[\"other\"],\"attention\":[]}";
    Owner.Remote gone;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = new Owner.Remote("127.0.0.1", closed.getLocalPort());
    }

    assertThat(
            peers(gone, remote())
                .gatherSome(call("GET", Map.of(), ""), "/api/v1/attention", Attention.Found.class))
        .containsExactly(new Attention.Found(List.of("other"), List.of()));
  }

  @Test
  void shouldCollectThePagesOfAllOthers() {
    answer = "{\"total\":7,\"page\":0,\"limit\":10,\"tenants\":[]}";

    assertThat(
            peers(remote(), remote())
                .gather(call("GET", Map.of(), ""), "/tenants?page=0", Tenants.Page.class))
        .hasSize(2)
        .allSatisfy(page -> assertThat(page.total()).isEqualTo(7));
    assertThat(received).hasSize(2).allMatch(line -> line.startsWith("GET /tenants?page=0 null 1"));
  }

  @Test
  void shouldGiveNoListWithGaps() {
    status = 503;
    assertRefused(
        ErrorCode.REBALANCING,
        () -> peers(remote()).gather(call("GET", Map.of(), ""), "/tenants", Tenants.Page.class));

    status = 401;
    assertRefused(
        ErrorCode.FORBIDDEN,
        () -> peers(remote()).gather(call("GET", Map.of(), ""), "/tenants", Tenants.Page.class));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable asking) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(asking)
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}
