package dev.hyperflow.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CellsTest {

  @Test
  void shouldPadAndCutByCodePoints() {
    assertThat(Cells.left("ab", 4)).isEqualTo("ab  ");
    assertThat(Cells.left("abcde", 4)).isEqualTo("abc…");
    assertThat(Cells.left("🙂🙂🙂", 2)).isEqualTo("🙂…");
    assertThat(Cells.right("🙂", 3)).isEqualTo("  🙂");
    assertThat(Cells.right("long", 2)).isEqualTo("long");
  }

  @Test
  void shouldWriteNumbersInEnglishWhateverTheLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Cells.percent(true, 12.34)).isEqualTo("12.3 %");
      assertThat(Cells.count(1_234_567)).isEqualTo("1,234,567");
      assertThat(Cells.seconds(OptionalLong.of(1_234))).isEqualTo("1.23 s");
      assertThat(Cells.rate(0.25)).isEqualTo("0.3");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldShowThatSomethingIsNotKnown() {
    assertThat(Cells.percent(false, 12)).isEqualTo(Cells.UNKNOWN);
    assertThat(Cells.seconds(OptionalLong.empty())).isEqualTo(Cells.UNKNOWN);
  }

  @Test
  void shouldShowMinutesBeyondAnHour() {
    assertThat(Cells.clock(Duration.ofSeconds(65))).isEqualTo("1:05");
    assertThat(Cells.clock(Duration.ofMinutes(75))).isEqualTo("75:00");
  }

  @Test
  void shouldSortReasonsAsPeopleReadThem() {
    assertThat(Cells.reasons(Map.of("NULL_KEY", 2, "BLANK_TEXT", 1)))
        .isEqualTo("blank text 1, null key 2");
  }

  @Test
  void shouldWrapAtSpacesWithinTheWidth() {
    assertThat(Cells.wrap("one two three four", "> ", 12))
        .containsExactly("> one two", ">   three", ">   four")
        .allMatch(line -> line.length() <= 12);
    assertThat(Cells.wrap("see http://example.org/long", "> ", 12))
        .containsExactly("> see", ">   http://e", ">   xample.o", ">   rg/long");
  }
}
