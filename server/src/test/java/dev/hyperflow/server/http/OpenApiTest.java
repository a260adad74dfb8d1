package dev.hyperflow.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  enum Kind {
    BIG,
    SMALL
  }

  record Part(double weight) {}

  record Form(
      @Required String name,
      Integer count,
      boolean fast,
      Kind kind,
      Part part,
      List<Part> parts,
      Map<String, Long> totals) {}

  private static JsonNode document(Route... routes) throws IOException {
    return new ObjectMapper().readTree(OpenApi.document(List.of(routes)));
  }

  private static Route route(String method, String path, Route.Access access, Route.Doc doc) {
    return new Route(method, path, access, doc, call -> Reply.ok(Map.of()));
  }

  @Test
  void shouldDescribeARecordByItsComponents() throws IOException {
    JsonNode schemas =
        document(
                route(
                    "POST",
                    "/a",
                    Route.Access.ADMIN,
                    Route.Doc.takes("Takes a form", Form.class, 202, Part.class)))
            .at("/components/schemas");

    JsonNode form = schemas.get("OpenApiTestForm");
    assertThat(form.get("required")).map(JsonNode::asText).containsExactly("name", "fast");
    assertThat(form.at("/properties/count/format").asText()).isEqualTo("int32");
    assertThat(form.at("/properties/kind/enum"))
        .map(JsonNode::asText)
        .containsExactly("BIG", "SMALL", "null");
    assertThat(form.at("/properties/parts/items/$ref").asText())
        .isEqualTo("#/components/schemas/OpenApiTestPart");
    assertThat(form.at("/properties/totals/additionalProperties/format").asText())
        .isEqualTo("int64");
    assertThat(schemas.at("/OpenApiTestPart/properties/weight/type").asText()).isEqualTo("number");
    assertThat(schemas.has("Problem")).isTrue();
  }

  @Test
  void shouldSayOfEachComponentWhetherItMayBeNull() throws IOException {
    JsonNode properties =
        document(
                route(
                    "POST",
                    "/a",
                    Route.Access.ADMIN,
                    Route.Doc.takes("Takes a form", Form.class, 202, Part.class)))
            .at("/components/schemas/OpenApiTestForm/properties");

    assertThat(properties.at("/name/type").asText()).isEqualTo("string");
    assertThat(properties.at("/fast/type").asText()).isEqualTo("boolean");
    assertThat(properties.at("/count/type")).map(JsonNode::asText).contains("integer", "null");
    assertThat(properties.at("/parts/type")).map(JsonNode::asText).contains("array", "null");
    assertThat(properties.at("/part/anyOf/1/type").asText()).isEqualTo("null");
    assertThat(properties.at("/kind/enum/2").isNull()).isTrue();
  }

  @Test
  void shouldDescribeParametersScopesAndRefusals() throws IOException {
    JsonNode get =
        document(
                route(
                    "GET",
                    "/t/{tenant}",
                    Route.Access.READ_TENANT,
                    Route.Doc.gives(
                        "Gives a part",
                        Part.class,
                        Route.Parameter.number("page", 0, 9, "Which page"),
                        Route.Parameter.word("kind", Kind.class, "Which kind"),
                        Route.Parameter.text("search", "Part of a name"))))
            .at("/paths/~1t~1{tenant}/get");

    assertThat(get.get("x-scope").asText()).isEqualTo("read");
    assertThat(get.get("parameters"))
        .map(parameter -> parameter.get("name").asText() + " " + parameter.get("in").asText())
        .containsExactly("tenant path", "page query", "kind query", "search query");
    assertThat(get.at("/parameters/1/schema/maximum").asInt()).isEqualTo(9);
    assertThat(get.at("/parameters/2/schema/enum")).hasSize(2);
    assertThat(get.at("/responses").fieldNames())
        .toIterable()
        .containsExactly("200", "503", "default");
    assertThat(get.has("security")).isTrue();
  }

  @Test
  void shouldAskForNoTokenWherePublic() throws IOException {
    JsonNode get =
        document(
                route(
                    "GET",
                    "/open",
                    Route.Access.PUBLIC,
                    new Route.Doc("Text", List.of(), Optional.empty(), 200, Optional.empty())))
            .at("/paths/~1open/get");

    assertThat(get.has("security")).isFalse();
    assertThat(get.at("/responses").has("503")).isFalse();
    assertThat(get.at("/responses/200").has("content")).isFalse();
  }
}
