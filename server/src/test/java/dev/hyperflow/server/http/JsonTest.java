package dev.hyperflow.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  enum Colour {
    RED,
    BLUE
  }

  record Inner(String name) {}

  record Form(
      String text, Integer count, Float share, Boolean on, Colour colour, List<Inner> parts) {}

  private static Form read(String json) {
    return Json.read(json.getBytes(UTF_8), Form.class);
  }

  @Test
  void shouldReadWhatItWrites() {
    Form form = new Form("ü\u0000\"", 3, 0.5f, true, Colour.BLUE, List.of(new Inner("a")));

    assertThat(Json.read(Json.bytes(form), Form.class)).isEqualTo(form);
  }

  @Test
  void shouldTakeWhatIsAbsentAsNull() {
    assertThat(read("{}")).isEqualTo(new Form(null, null, null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "3", "{} {}", "{'a':1}", "{\"text\":\"a\",}"})
  void shouldRefuseWhatIsNoObject(String json) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED))
        .withMessageStartingWith("body: expected")
        .withMessageNotContaining("dev.hyperflow")
        .withMessageNotContaining("jackson");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":3}              | text          | a text",
        "{\"text\":true}           | text          | a text",
        "{\"count\":1.5}           | count         | a whole number",
        "{\"count\":\"1\"}         | count         | a whole number",
        "{\"share\":\"1\"}         | share         | a number",
        "{\"on\":1}                | on            | true or false",
        "{\"colour\":\"GREEN\"}    | colour        | one of [RED, BLUE], found GREEN",
        "{\"colour\":0}            | colour        | one of [RED, BLUE]",
        "{\"colour\":\"0\"}        | colour        | one of [RED, BLUE]",
        "{\"count\":2147483648}    | count         | a number that fits 32 bits",
        "{\"parts\":{}}            | parts         | an array",
        "{\"parts\":[{},{\"x\":1}]}| parts[1].x    | expected one of the fields [",
      })
  void shouldNameTheFieldAndWhatItExpects(String json, String field, String expected) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith(field + ": expected ")
        .withMessageContaining(expected)
        .satisfies(
            e -> {
              assertThat(e.problem().code()).isEqualTo(ErrorCode.INVALID);
              assertThat(e.problem().field()).isEqualTo(field);
            });
  }

  @Test
  void shouldRefuseAFieldThatComesTwiceAndDeepNesting() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"text\":\"a\",\"text\":\"b\"}"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"parts\":" + "[".repeat(100) + "]".repeat(100) + "}"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"a\":".repeat(100) + "1" + "}".repeat(100)))
        .withMessageStartingWith("body: expected JSON at most 16 deep");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"share\":" + "1".repeat(2_000) + "}"))
        .withMessageContaining("numbers of at most 1000 digits");
  }

  @Test
  void shouldAbbreviateALongNameOfAField() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"" + "x".repeat(500) + "\":1}"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void shouldEndAnAnswerWithALineBreak() {
    assertThat(new String(Reply.ok(Map.of("a", 1)).content(), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1}\n");
  }
}
