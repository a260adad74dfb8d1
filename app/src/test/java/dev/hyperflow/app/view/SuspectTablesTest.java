package dev.hyperflow.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.server.json.Tenants;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectTablesTest {
  private static final int WIDTH = 80;

  @Test
  void shouldShowWhatTheOthersSayOfAnExample() {
    String text =
        SuspectTables.of(
            suspects(
                new Tenants.Suspect(
                    "e7", "money back \u001b[2J please", "bills", 0.04, "refund", 0.9)),
            Palette.PLAIN);

    assertThat(text.lines())
        .anyMatch(line -> line.equals("Examples that the others contradict: 9 of 200 judged"))
        .anyMatch(line -> line.matches(" +bills +4\\.0 % +refund +90\\.0 % +e7"))
        .anyMatch(line -> line.strip().startsWith("money back") && line.endsWith("please"))
        .anyMatch(line -> line.contains("8 more; --limit shows them"))
        .anyMatch(line -> line.matches(" +Bills +bills +but for case"))
        .allMatch(line -> line.length() <= WIDTH);
    assertThat(text).doesNotContain("\u001b");
  }

  @Test
  void shouldSayThatNothingLooksWrong() {
    assertThat(
            SuspectTables.of(
                new Tenants.Suspects("00", 5, 5, 0, List.of(), 0, List.of(), 0, List.of()),
                Palette.PLAIN))
        .isEqualTo(
            """
            Examples that the others contradict: 0 of 5 judged
            Texts with more than one label: 0
            Pairs of labels that look alike: 0
            """);
  }

  @Test
  void shouldListTheExamplesOfATextWithTwoLabels() {
    String text =
        SuspectTables.of(
            suspects(new Tenants.Suspect("e7", null, "a", 0.1, "x".repeat(200), 0.9)),
            Palette.PLAIN);

    assertThat(text.lines())
        .anyMatch(line -> line.matches(" +bills +e1"))
        .anyMatch(line -> line.matches(" +refund +e2"))
        .allMatch(line -> line.length() <= WIDTH);
  }

  private static Tenants.Suspects suspects(Tenants.Suspect suspect) {
    return new Tenants.Suspects(
        "00ff",
        210,
        200,
        9,
        List.of(suspect),
        1,
        List.of(
            new Tenants.Conflict(
                "where is my money?".repeat(20),
                List.of(
                    new Tenants.Labelled("e1", "bills"), new Tenants.Labelled("e2", "refund")))),
        1,
        List.of(new Tenants.LookAlike("Bills", "bills", "CASE")));
  }
}
