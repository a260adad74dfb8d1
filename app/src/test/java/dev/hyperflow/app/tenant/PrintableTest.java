package dev.hyperflow.app.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void shouldEscapeWhatATerminalObeys() {
    assertThat(Printable.of("a\u001b[31mb\nc\td\re")).isEqualTo("a\\u001b[31mb\\nc\\td\\re");
    assertThat(Printable.of("user\u202Etxt.exe")).isEqualTo("user\\u202etxt.exe");
    assertThat(Printable.of("\ud83d")).isEqualTo("\\ud83d");
    assertThat(Printable.of("a\u2028b")).isEqualTo("a\\u2028b");
  }

  @Test
  void shouldLeaveWhatPeopleWrite() {
    assertThat(Printable.of("Grüße, 世界 🙂 \\ \"")).isEqualTo("Grüße, 世界 🙂 \\ \"");
  }

  @Property
  void shouldGiveOneLineWithoutControlCharacters(@ForAll String text) {
    assertThat(Printable.of(text))
        .matches(shown -> shown.chars().noneMatch(Character::isISOControl))
        .matches(shown -> shown.lines().count() <= 1);
  }
}
