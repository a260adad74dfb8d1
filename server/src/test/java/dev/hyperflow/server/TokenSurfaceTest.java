package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.ApiFixture.Operation;
import dev.hyperflow.server.auth.Token;
import dev.hyperflow.server.auth.TokenLine;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tokens allow, over every operation of the OpenAPI document. */
@Timeout(120)
class TokenSurfaceTest {
  private static final String MINE = "mine-of-tokens";
  private static final String OTHER = "other-of-tokens";
  private static final String SECRET_LABEL = "label-of-the-other";
  private static final String BODY =
      "{\"operation\":\"ADD\",\"label\":\"a\",\"text\":\"b\",\"action\":\"SHADOW\"}";

  @RegisterExtension static final ApiFixture API = new ApiFixture();
  @TempDir static Path directory;

  private static HttpServer server;
  private static Token reader;
  private static Token bound;
  private static Token admin;

  @BeforeAll
  static void start() throws Exception {
    API.client().teach(MINE, "m1", "label-of-mine", "one text");
    API.client().teach(OTHER, "o1", SECRET_LABEL, "another text");
    reader = Token.create();
    bound = Token.create();
    admin = Token.create();
    Path file = directory.resolve("tokens");
    Files.write(
        file,
        List.of(
            "# tokens of this test",
            line(reader, Scope.READ, Optional.empty()),
            line(bound, Scope.WRITE, Optional.of(Set.of(MINE))),
            line(admin, Scope.ADMIN, Optional.empty())));
    server = API.server(Map.of("http.tokens", file.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String line(Token token, Scope scope, Optional<Set<String>> tenants) {
    return new TokenLine(token.id(), token.hash(), new Grant("test", scope, tenants)).text();
  }

  private static List<Operation> operations() {
    List<Operation> operations = ApiFixture.operations(API.client().get("/openapi.json").json());
    assertThat(operations).hasSizeGreaterThan(15);
    return operations;
  }

  private static Answer send(Operation operation, String tenant, String token) {
    return new Client(server.url(), token)
        .send(
            operation.method(),
            operation
                .path()
                .replace("/{tenant}", "/" + tenant)
                .replace("{file}", "app.js")
                .replace("{label}", "a%20label"),
            operation.method().equals("POST") ? BODY : null);
  }

  @Test
  void shouldShowABoundTokenNothingOfOtherTenants() {
    for (Operation operation : operations()) {
      Answer answer = send(operation, OTHER, bound.text());

      if (operation.path().contains("{tenant}")) {
        assertThat(answer.code()).as(operation.path()).isEqualTo("FORBIDDEN");
      }
      assertThat(answer.body())
          .as(operation.path())
          .doesNotContain(OTHER)
          .doesNotContain(SECRET_LABEL);
    }
  }

  @Test
  void shouldShowABoundTokenItsOwnTenant() {
    Client client = new Client(server.url(), bound.text());

    JsonNode list = client.get("/api/v1/tenants").json();

    assertThat(list.get("total").asInt()).isEqualTo(1);
    assertThat(list.get("tenants").get(0).get("tenant").asText()).isEqualTo(MINE);
    assertThat(client.get(Client.path(MINE)).status()).isEqualTo(200);
    assertThat(client.get("/api/v1/overview").code()).isEqualTo("FORBIDDEN");
  }

  @Test
  void shouldLetNobodyInWithoutATokenThatIsKnown() {
    String wrongSecret = "hf_" + admin.id() + "_" + "A".repeat(43);
    for (Operation operation : operations()) {
      for (String token : new String[] {null, "nonsense", Token.create().text(), wrongSecret}) {
        assertThat(send(operation, MINE, token).status())
            .as("%s with %s", operation.path(), token)
            .matches(status -> (status == 401) == operation.node().has("security"));
      }
    }
  }

  @Test
  void shouldSayWhichKindOfTokenItTakes() {
    Operation operation =
        operations().stream().filter(o -> o.node().has("security")).findFirst().orElseThrow();

    assertThat(challenge(operation, null)).contains("Bearer");
    assertThat(challenge(operation, "nonsense")).contains("Bearer error=\"invalid_token\"");
  }

  private Optional<String> challenge(Operation operation, String token) {
    return send(operation, MINE, token).response().headers().firstValue("WWW-Authenticate");
  }

  @Test
  void shouldHoldTokensToTheirScope() {
    for (Operation operation : operations()) {
      String code = send(operation, MINE, reader.text()).code();

      String scope = operation.node().get("x-scope").asText();
      boolean more = scope.equals("write") || scope.equals("admin");
      assertThat(code.equals("FORBIDDEN")).as(operation.path()).isEqualTo(more);
    }
  }

  @Test
  void shouldForgetATenantForAdminOrItsOwnToken() throws Exception {
    Token writer = Token.create();
    Path file = directory.resolve("writers");
    Files.write(file, List.of(line(writer, Scope.WRITE, Optional.empty())));
    try (HttpServer writers = API.server(Map.of("http.tokens", file.toString()))) {
      Client client = new Client(writers.url(), writer.text());

      assertThat(client.send("DELETE", Client.path("nobody"), null).code()).isEqualTo("FORBIDDEN");
    }
    assertThat(
            new Client(server.url(), admin.text())
                .send("DELETE", Client.path("nobody"), null)
                .status())
        .isEqualTo(202);
  }
}
