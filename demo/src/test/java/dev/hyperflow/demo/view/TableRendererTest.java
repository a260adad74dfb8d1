package dev.hyperflow.demo.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.ledger.Accuracy;
import dev.hyperflow.demo.ledger.DeadLetterSnapshot;
import dev.hyperflow.demo.ledger.DemoVerdict;
import dev.hyperflow.demo.ledger.LedgerSnapshot;
import dev.hyperflow.demo.ledger.TenantTally;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Compares with {@code view/*.txt} under the test resources. When a change of the look is wanted,
 * paste the actual text of the failure into the file and look at it in a terminal of 80 columns.
 */
class TableRendererTest {

  private static final int TERMINAL = 80;

  @Test
  void shouldDrawTheGoldenTable() {
    List<String> lines = new TableRenderer(Palette.PLAIN).render(frame());

    assertThat(String.join("\n", lines) + "\n").isEqualTo(golden("table.txt"));
  }

  @Test
  void shouldDrawTheGoldenSummary() {
    LedgerSnapshot ledger = frame().ledger();

    List<String> lines =
        new SummaryRenderer(Palette.PLAIN)
            .render(ledger, DemoVerdict.of(ledger, 2), Duration.ofSeconds(93));

    assertThat(String.join("\n", lines) + "\n").isEqualTo(golden("summary.txt"));
  }

  @Test
  void shouldFitATerminalOfEightyColumns() {
    LedgerSnapshot ledger = frame().ledger();

    assertThat(new TableRenderer(Palette.PLAIN).render(frame()))
        .allMatch(line -> line.codePointCount(0, line.length()) < TERMINAL);
    assertThat(
            new SummaryRenderer(Palette.PLAIN)
                .render(ledger, DemoVerdict.of(ledger, 2), Duration.ofSeconds(93)))
        .allMatch(line -> line.codePointCount(0, line.length()) < TERMINAL);
  }

  @Test
  void shouldColourWithoutChangingTheText() {
    String coloured = String.join("\n", new TableRenderer(Palette.ANSI).render(frame()));
    String plain = String.join("\n", new TableRenderer(Palette.PLAIN).render(frame()));

    assertThat(coloured).contains("\u001b[32m").isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
  }

  @Test
  void shouldColourOnlyOnATerminalAndOnlyWhenWanted() {
    assertThat(Palette.of(true, null)).isEqualTo(Palette.ANSI);
    assertThat(Palette.of(true, "")).isEqualTo(Palette.ANSI);
    assertThat(Palette.of(true, "1")).isEqualTo(Palette.PLAIN);
    assertThat(Palette.of(false, null)).isEqualTo(Palette.PLAIN);
  }

  private static Frame frame() {
    TenantTally bank =
        new TenantTally(
            "meridian-bank",
            new TenantTally.Counts(10, 96, 144, 143, 3, 5),
            new Accuracy(100, 71, 83),
            new Accuracy(140, 90, 110),
            OptionalLong.of(420),
            OptionalLong.empty());
    TenantTally shop =
        new TenantTally(
            "a-shop-with-a-very-long-name",
            new TenantTally.Counts(3, 4, 11, 11, 0, 0),
            new Accuracy(11, 5, 4),
            new Accuracy(11, 5, 4),
            OptionalLong.empty(),
            OptionalLong.empty());
    TenantTally clinic =
        new TenantTally(
            "harbor-clinic",
            new TenantTally.Counts(0, 0, 7, 7, 7, 0),
            Accuracy.NONE,
            Accuracy.NONE,
            OptionalLong.empty(),
            OptionalLong.empty());
    TenantTally later =
        new TenantTally(
            "not-there-yet",
            new TenantTally.Counts(0, 0, 0, 0, 0, 0),
            Accuracy.NONE,
            Accuracy.NONE,
            OptionalLong.empty(),
            OptionalLong.empty());
    DeadLetterSnapshot letters =
        new DeadLetterSnapshot(3, 3, 0, 0, "", List.of(), Map.of("UNDECODABLE", 2, "NULL_KEY", 1));
    return new Frame(
        new LedgerSnapshot(List.of(bank, shop, clinic, later), letters, 0, 0),
        Map.of(
            "meridian-bank",
            new LiveAccuracy(96, Optional.of(0.71), Optional.of(0.83)),
            "a-shop-with-a-very-long-name",
            new LiveAccuracy(4, Optional.empty(), Optional.empty())),
        "streaming",
        Duration.ofSeconds(42),
        Duration.ofSeconds(90),
        14.24,
        "new label of meridian-bank: suspicious-transaction",
        Optional.empty());
  }

  private static String golden(String name) {
    try (InputStream in = TableRendererTest.class.getResourceAsStream("/view/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
