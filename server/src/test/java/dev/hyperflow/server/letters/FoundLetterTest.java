package dev.hyperflow.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class FoundLetterTest {
  private static final Place PLACE = new Place("dead", 0, 1);

  @Test
  void shouldBeOneLineThatCannotMoveTheCursor() {
    FoundLetter letter =
        new FoundLetter(
            PLACE, 0, Letters.letter("NULL_KEY", "a\u001bb", "first\nsecond", new byte[] {3}));

    assertThat(letter.line())
        .startsWith("dead:0:1  1970-01-01T00:00:00Z  DECODE/NULL_KEY  tenant a\uFFFDb")
        .contains("from support:2:7  first\uFFFDsecond")
        .matches(line -> line.chars().noneMatch(Character::isISOControl));
    assertThat(new FoundLetter(PLACE, 0, Letters.letter("R", null, "m", null)).line())
        .contains("tenant -");
  }

  @Test
  void shouldGiveBytesInBase64AndNullForNone() {
    ObjectNode json = new FoundLetter(PLACE, 9, Letters.letter("R", "acme", "m", null)).json();

    assertThat(json.get("key").asText()).isEqualTo("AQI=");
    assertThat(json.get("value").isNull()).isTrue();
    assertThat(json.get("source").asText()).isEqualTo("support:2:7");
    assertThat(json.get("timestamp").asLong()).isEqualTo(9);
  }

  @Test
  void shouldNotUseUpTheBytesOfTheLetter() {
    FoundLetter letter =
        new FoundLetter(PLACE, 0, Letters.letter("R", "acme", "m", new byte[] {3}));

    assertThat(letter.json()).isEqualTo(letter.json());
    assertThat(FoundLetter.bytes(letter.letter().getValue())).containsExactly(3);
    assertThat(FoundLetter.bytes(letter.letter().getValue())).containsExactly(3);
  }
}
