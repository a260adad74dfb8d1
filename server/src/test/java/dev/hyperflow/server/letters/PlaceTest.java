package dev.hyperflow.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  @Test
  void shouldBeReadAsItIsWritten() {
    Place place = new Place("my.topic-1", 3, 123_456_789_012L);

    assertThat(place).hasToString("my.topic-1:3:123456789012");
    assertThat(Place.parse(place.toString())).contains(place);
    assertThat(Place.parse("a:b:0:1")).contains(new Place("a:b", 0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "topic",
        "topic:1",
        ":1:2",
        "t:-1:2",
        "t:1:x",
        "t:1:2 ",
        "t:9999999999:1",
        "t:1:9999999999999999999"
      })
  void shouldBeNothingElse(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }
}
