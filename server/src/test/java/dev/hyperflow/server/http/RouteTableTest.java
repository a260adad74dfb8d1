package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final Route list = route("GET", "/tenants");
  private final Route mine = route("GET", "/tenants/mine");
  private final Route one = route("GET", "/tenants/{tenant}");
  private final Route write = route("POST", "/tenants/{tenant}");
  private final RouteTable table = new RouteTable(List.of(list, mine, one, write));

  private static Route route(String method, String path) {
    return new Route(
        method, path, Route.Access.PUBLIC, Route.Doc.file(""), call -> Reply.ok(Map.of()));
  }

  @Test
  void shouldFindByMethodAndPathAndTakeTheFirstThatFits() {
    assertThat(table.find("GET", "/tenants").route()).isEqualTo(list);
    assertThat(table.find("GET", "/tenants/mine").route()).isEqualTo(mine);
    assertThat(table.find("HEAD", "/tenants/mine").route()).isEqualTo(mine);
    assertThat(table.find("POST", "/tenants/mine"))
        .isEqualTo(
            new RouteTable.Match(write, Map.of("tenant", "mine"), List.of("tenants", "mine")));
    assertThat(table.routes()).containsExactly(list, mine, one, write);
  }

  @Test
  void shouldDecodeAParameterOnceWithSlashesInIt() {
    assertThat(table.find("GET", "/tenants/a%2Fb%252F%C3%BC").path())
        .containsEntry("tenant", "a/b%2Fü");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tenants/a/b", "/tenants//", "/tenants/"})
  void shouldNotFindLongerOrShorterPathsNorATenantWithoutAName(String path) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> table.find("GET", path))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void shouldNameTheMethodsOfAPath() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> table.find("DELETE", "/tenants/a"))
        .withMessage("method: expected GET or POST, found DELETE")
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.METHOD_NOT_ALLOWED))
        .satisfies(
            e ->
                assertThat(e.reply().headers()).containsEntry("Allow", "GET, HEAD, OPTIONS, POST"));
  }
}
