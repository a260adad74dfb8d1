package dev.hyperflow.topology.internal.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.topology.internal.mapping.FieldPath.Found;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
  private static final String TICKET =
      """
      {"id": 7, "customer": {"id": "acme", "odd.name": "x"}, "tags": ["a", "b", null],
       "messages": [{"body": "one"}, {"body": null}, {}, {"body": "two"}], "none": null}
      """;

  private static Found find(String path) {
    return FieldPath.parse(path).find(JsonTree.read(TICKET.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "value.id|7",
        "value.customer.id|acme",
        "value['customer']['odd.name']|x",
        "value.tags[0]|a",
        "value.tags[-2]|b",
        "value.messages[0].body|one",
        "value.messages[*].body|one,two",
        "value.tags[*]|a,b"
      })
  void shouldFindWhatIsThere(String path, String expected) {
    assertThat(find(path))
        .isInstanceOfSatisfying(
            Found.Nodes.class,
            found ->
                assertThat(
                        String.join(
                            ",", found.nodes().stream().map(node -> node.asText()).toList()))
                    .isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "value.nothing",
        "value.none",
        "value.none.deeper[3].still",
        "value.tags[9]",
        "value.tags[-9]",
        "value.tags[2]",
        "value.messages[2].body"
      })
  void shouldCallWhatIsNotThereAbsent(String path) {
    assertThat(find(path)).isEqualTo(new Found.Absent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "value.id.deeper|value.id|an object|a whole number",
        "value.tags.name|value.tags|an object|an array",
        "value.customer[0]|value.customer|an array|an object",
        "value.messages[*][0]|value.messages[*]|an array|an object"
      })
  void shouldSayWhereTheShapeIsAnother(String path, String at, String expected, String found) {
    assertThat(find(path)).isEqualTo(new Found.Astray(at, expected, found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "values.id",
        "value.",
        "value..id",
        "value[",
        "value[x]",
        "value['a'",
        "header.",
        "key id",
        "value.a b",
        "value[''].b"
      })
  void shouldRefuseWhatIsNoPath(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPath.parse(text))
        .withMessageContaining("expected");
  }

  @Test
  void shouldReadSeveralPathsWithCommasInTheirNames() {
    assertThat(FieldPath.parseAll("value.a, value['b,c'] ,header.x-y.z"))
        .extracting(FieldPath::toString)
        .containsExactly("value.a", "value['b,c']", "header.x-y.z");
    assertThat(FieldPath.parse("header.x-y.z").headerName()).isEqualTo("x-y.z");
    assertThat(FieldPath.parse("key").isWhole()).isTrue();
    assertThat(List.of(FieldPath.parse("value['a']"), FieldPath.parse("value.a")))
        .containsOnly(FieldPath.parse("value.a"));
  }
}
