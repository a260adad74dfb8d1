package dev.hyperflow.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {

  @Property
  void shouldDecodeWhatItEncodes(@ForAll String text) {
    String known = new String(text.getBytes(UTF_8), UTF_8);

    String encoded = PathText.encode(known);

    assertThat(encoded).matches("[A-Za-z0-9_~%-]*");
    assertThat(PathText.segments("/" + encoded)).containsExactly(known);
    assertThat(PathText.parameters("a=" + encoded)).containsExactly(Map.entry("a", known));
  }

  @Test
  void shouldKeepEmptySegmentsAndTakePlusAsItIs() {
    assertThat(PathText.segments("/a//b+c/")).containsExactly("a", "", "b+c", "");
  }

  @Property
  void shouldMakeATargetThatIsReadAsItsParts(@ForAll @Size(min = 1, max = 4) List<String> parts) {
    List<String> known =
        parts.stream().map(part -> new String(part.getBytes(UTF_8), UTF_8)).toList();

    URI target = URI.create("http://host" + PathText.target(known, Map.of("a b", known.get(0))));

    assertThat(PathText.segments(target.getRawPath())).isEqualTo(known);
    assertThat(PathText.parameters(target.getRawQuery())).isEqualTo(Map.of("a b", known.get(0)));
  }

  @Test
  void shouldTakePlusAsSpaceAndLeaveEmptyPairsOut() {
    assertThat(PathText.parameters("b&&a=x+y%2B&")).isEqualTo(Map.of("a", "x y+", "b", ""));
    assertThat(PathText.parameters(null)).isEmpty();
    assertThat(PathText.parameters("")).isEmpty();
    assertThat(PathText.parameters("&")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=1&limit=2", "limit=1&x=3&limit=1", "limit&limit", "limit=1&li%6Dit"})
  void shouldRefuseAParameterThatComesTwice(String query) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PathText.parameters(query))
        .withMessage("limit: expected once, found twice")
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.INVALID))
        .satisfies(e -> assertThat(e.problem().field()).isEqualTo("limit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%4",
        "%zz",
        "%C3",
        "%FF",
        "%C3%28",
        "%ED%A0%80",
        "\u00e9",
        "\ufffd",
        "\ud83d\ude00"
      })
  void shouldRefuseWhatIsNoPercentEncodedUtf8(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PathText.segments("/a/" + text))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.MALFORMED))
        .withMessageStartingWith("path:");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> PathText.parameters("a=" + text))
        .withMessageStartingWith("query:");
  }
}
