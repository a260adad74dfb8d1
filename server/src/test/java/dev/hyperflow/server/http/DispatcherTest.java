package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.ClosedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatcherTest {
  private final List<String> asked = new ArrayList<>();
  private Grant grant = Grant.ALL;
  private Optional<Reply> elsewhere = Optional.empty();
  private RuntimeException thrown;

  private Dispatcher dispatcher() {
    return new Dispatcher(
        new RouteTable(
            List.of(
                route("GET", "/public", Route.Access.PUBLIC),
                route("GET", "/api/none", Route.Access.PUBLIC),
                route("GET", "/api/read", Route.Access.READ),
                route("GET", "/api/read-all", Route.Access.READ_ALL),
                route("GET", "/api/t/{tenant}", Route.Access.READ_TENANT),
                route("POST", "/api/t/{tenant}", Route.Access.WRITE_TENANT),
                route("POST", "/api/copy/{tenant}", Route.Access.COPY_TENANT),
                route("POST", "/api/admin", Route.Access.ADMIN))),
        authorization -> {
          asked.add("guard " + authorization);
          return grant;
        },
        call -> {
          asked.add("elsewhere " + call.target());
          return elsewhere;
        });
  }

  private Route route(String method, String path, Route.Access access) {
    return new Route(
        method,
        path,
        access,
        access == Route.Access.PUBLIC
            ? Route.Doc.gives("", String.class)
            : Route.Doc.gives(
                "",
                String.class,
                Route.Parameter.text("a", ""),
                Route.Parameter.number("limit", 1, 9, "")),
        call -> {
          if (thrown != null) {
            throw thrown;
          }
          asked.add("here " + call.method() + " " + call.target() + " " + call.path());
          return text("here");
        });
  }

  private static Reply text(String text) {
    return new Reply(200, "text/plain", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  private Reply ask(String method, String target) {
    String[] parts = target.split("\\?", 2);
    return dispatcher()
        .answer(
            new Dispatcher.Start(
                method,
                parts[0],
                parts.length == 1 ? null : parts[1],
                Calls.raw(Map.of("Authorization", "Bearer x"), "")));
  }

  @Test
  void shouldAskNeitherGuardNorOthersForWhatIsPublic() {
    assertThat(ask("GET", "/public").status()).isEqualTo(200);

    assertThat(asked).containsExactly("here GET /public {}");
  }

  @Test
  void shouldPassTheQueryOnEscapedAnew() {
    assertThat(ask("GET", "/api/read?a=+b").status()).isEqualTo(200);
    assertThat(asked).contains("here GET /api/read?a=%20b {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/read?limt=3     | limt  | expected one of the parameters [a, limit], found another",
        "/api/t/x?a=1&LIMIT=3 | LIMIT | expected one of the parameters [a, limit], found another",
        "/api/read?a=1&a=1    | a     | expected once, found twice",
        "/api/none?all    | all   | expected no parameter, found one",
      })
  void shouldRefuseAParameterThatItWouldIgnore(String target, String field, String flaw) {
    Reply reply = ask("GET", target);

    Calls.assertProblem(reply, ErrorCode.INVALID);
    assertThat(Calls.json(reply).get("field").asText()).isEqualTo(field);
    assertThat(Calls.json(reply).get("message").asText()).isEqualTo(field + ": " + flaw);
    assertThat(asked).noneMatch(line -> line.startsWith("here") || line.startsWith("elsewhere"));
  }

  @Test
  void shouldShowTheFirstOfALongNameAlone() {
    Reply reply = ask("GET", "/api/read?" + "x".repeat(5_000) + "=1");

    assertThat(Calls.json(reply).get("field").asText()).isEqualTo("x".repeat(60) + "…");
  }

  @Test
  void shouldServeWhatIsNotTheApiWhateverFollowsItsAddress() {
    assertThat(ask("GET", "/public?utm_source=mail&utm_source=mail&%zz").status()).isEqualTo(200);

    assertThat(asked).containsExactly("here GET /public {}");
  }

  @Test
  void shouldEscapeForAnotherInstanceWhatCameRaw() {
    ask("GET", "/api/t/a|b^{c}\"<d>[e]\\`");

    assertThat(asked)
        .contains("elsewhere /api/t/a%7Cb%5E%7Bc%7D%22%3Cd%3E%5Be%5D%5C%60")
        .anyMatch(line -> line.endsWith("{tenant=a|b^{c}\"<d>[e]\\`}"));
  }

  @Test
  void shouldTellTheMethodsOfAPath() {
    Reply options = ask("OPTIONS", "/api/t/a");

    assertThat(options.status()).isEqualTo(204);
    assertThat(options.headers()).containsEntry("Allow", "GET, HEAD, OPTIONS, POST");
    Calls.assertProblem(ask("OPTIONS", "/none"), ErrorCode.NOT_FOUND);
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldAnswerHeadAsGet() {
    assertThat(ask("HEAD", "/public").status()).isEqualTo(200);

    assertThat(asked).containsExactly("here GET /public {}");
  }

  @Test
  void shouldRefuseWhatThereIsNot() {
    Calls.assertProblem(ask("GET", "/none"), ErrorCode.NOT_FOUND);
    Calls.assertProblem(ask("POST", "/public"), ErrorCode.METHOD_NOT_ALLOWED);
    Calls.assertProblem(ask("GET", "/%zz"), ErrorCode.MALFORMED);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "READ,  GET,  /api/read,     200", "READ,  GET,  /api/t/a,    200",
        "READ,  POST, /api/t/a,    403",
    "READ,  POST, /api/copy/a,   403", "WRITE, POST, /api/copy/a, 200",
        "WRITE, POST, /api/t/a,    200",
    "WRITE, POST, /api/admin,    403", "ADMIN, POST, /api/admin,  200",
        "NONE,  GET,  /api/read,   403",
  })
  void shouldAskForTheScopeOfTheRoute(Scope scope, String method, String path, int status) {
    grant = Calls.grant(scope);

    assertThat(ask(method, path).status()).isEqualTo(status);
  }

  @Test
  void shouldKeepATokenToItsTenants() {
    grant = Calls.grant(Scope.ADMIN, "mine");

    assertThat(ask("GET", "/api/t/mine").status()).isEqualTo(200);
    assertThat(ask("GET", "/api/read").status()).isEqualTo(200);
    Calls.assertProblem(ask("GET", "/api/t/other"), ErrorCode.FORBIDDEN);
    Calls.assertProblem(ask("GET", "/api/read-all"), ErrorCode.FORBIDDEN);
    Calls.assertProblem(ask("POST", "/api/admin"), ErrorCode.FORBIDDEN);
  }

  @Test
  void shouldGiveTheAnswerOfTheInstanceThatOwnsTheTenant() {
    elsewhere = Optional.of(text("there"));

    assertThat(ask("GET", "/api/t/a").content()).isEqualTo(elsewhere.get().content());
    assertThat(ask("POST", "/api/copy/a").content()).isEqualTo(elsewhere.get().content());
    assertThat(ask("POST", "/api/t/a").content()).isNotEqualTo(elsewhere.get().content());
  }

  @Test
  void shouldNotAskOthersBeforeTheCallerMayAsk() {
    grant = Calls.grant(Scope.READ, "mine");

    ask("GET", "/api/t/other");

    assertThat(asked).containsExactly("guard Bearer x");
  }

  @Test
  void shouldSayThatItStopsWhenAModelIsClosedOrAWaitIsEnded() {
    for (RuntimeException stopping :
        List.of(new ClosedException("encoder"), new CancellationException("interrupted"))) {
      thrown = stopping;

      Reply reply = ask("GET", "/api/read");

      Calls.assertProblem(reply, ErrorCode.STARTING);
      assertThat(reply.headers()).containsEntry("Retry-After", "1");
    }
  }

  @Test
  void shouldTellNothingOfWhatIsBroken() {
    for (RuntimeException broken :
        List.of(
            new IllegalStateException("the door is closed"),
            new ModelException("secret"),
            new NullPointerException("secret"))) {
      thrown = broken;

      Reply reply = ask("GET", "/api/read");

      Calls.assertProblem(reply, ErrorCode.INTERNAL);
      assertThat(new String(reply.content(), StandardCharsets.UTF_8))
          .doesNotContain("secret", "door", "Exception");
    }
  }

  @Test
  void shouldAnswerWithTheProblemThatARouteEndsWith() {
    thrown = ProblemException.ofField(ErrorCode.INVALID, "topK", "topK: expected less");

    Reply reply = ask("GET", "/api/read");

    Calls.assertProblem(reply, ErrorCode.INVALID);
    assertThat(Calls.json(reply).get("field").asText()).isEqualTo("topK");
  }
}
