package dev.hyperflow.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaletteTest {

  @Test
  void shouldColourOnlyForAPersonWhoDidNotSayNo() {
    assertThat(Palette.of(true, null)).isEqualTo(Palette.ANSI);
    assertThat(Palette.of(true, "")).isEqualTo(Palette.ANSI);
    assertThat(Palette.of(true, "1")).isEqualTo(Palette.PLAIN);
    assertThat(Palette.of(false, null)).isEqualTo(Palette.PLAIN);
  }

  @Test
  void shouldEndEveryColourAndPaintNoEmptyText() {
    assertThat(Palette.ANSI.bad("x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(Palette.ANSI.strong("")).isEmpty();
    assertThat(Palette.PLAIN.good("x")).isEqualTo("x");
  }
}
