package dev.hyperflow.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.view.Palette;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Queries;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private static final String LONG =
      "a long label or text of many words ".repeat(5) + "x".repeat(99);

  @ParameterizedTest
  @ValueSource(ints = {48, 80, 120})
  void shouldStayWithinTheWidth(int width) {
    Screen screen = new Screen(Palette.PLAIN, width);
    Queries.Row row =
        new Queries.Row(
            "acme", LONG, LONG, 0, "LOW_CONFIDENCE", LONG, 0.5f, LONG, true, 0.9f, null, null);

    String shown =
        screen.query(
                row,
                1,
                2,
                List.of(new Predict.Probability(LONG, 0.5f)),
                List.of(new Predict.Influence("e1", LONG, LONG, 0.4f, 0.1f)))
            + screen.labels(List.of(LONG))
            + screen.faint(LONG)
            + "\n"
            + screen.cut(LONG);

    assertThat(shown.lines()).allMatch(line -> line.length() <= width);
    assertThat(shown.replaceAll("\\s+", " "))
        .contains("1 of 2", "50.0 % answered", "+10.0", "in scope 90.0 %", "…");
  }

  @Test
  void shouldStandAWidthThatNoTerminalHas() {
    assertThat(new Screen(Palette.PLAIN, 1).cut("a label")).isEqualTo("a label");
  }
}
