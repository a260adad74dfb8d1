package dev.hyperflow.demo.view;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.ledger.Accuracy;
import dev.hyperflow.demo.ledger.DeadLetterSnapshot;
import dev.hyperflow.demo.ledger.DemoVerdict;
import dev.hyperflow.demo.ledger.LedgerSnapshot;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.ledger.TenantTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Draws what a finished demo has shown, and whether it kept its promises. */
public final class SummaryRenderer {

  private static final int TENANT = 16;
  private static final int QUERIES = 8;
  private static final int PERCENT = 8;
  private static final int GAIN = 7;

  private final Palette palette;

  /** A renderer that colours with this palette. */
  public SummaryRenderer(Palette palette) {
    this.palette = palette;
  }

  /** The lines of the summary, without line ends. */
  public List<String> render(LedgerSnapshot end, DemoVerdict verdict, Duration took) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(" " + palette.strong("Summary") + " after " + Cells.clock(took));
    lines.add("");
    lines.add(palette.faint(groups()));
    lines.add(palette.faint(header()));
    end.tenants().forEach(tenant -> lines.add(row(tenant)));
    if (end.tenants().size() > 1) {
      lines.add(" " + Cells.left("all", TENANT) + accuracy(end.total()));
    }
    lines.add("");
    lines.add(" The demo judged all queries. The page judges labels alone.");
    lines.add("");
    end.tenants().stream()
        .filter(tenant -> tenant.counts().withoutHead() > 0)
        .forEach(tenant -> lines.add(withoutHead(tenant)));
    end.tenants().stream()
        .filter(tenant -> tenant.counts().noneOfThese() > 0)
        .forEach(tenant -> lines.add(noneOfThese(tenant)));
    lines.add(
        String.format(
            " Exactly once   queries sent %s, answered %s, twice %d, unknown %d",
            Cells.count(end.queries()),
            Cells.count(end.answered()),
            end.duplicates(),
            end.unknown()));
    lines.addAll(deadLetters(end.deadLetters()));
    lines.add("");
    verdict.notes().forEach(note -> lines.add(" " + palette.strong("NOTE") + "    " + note));
    if (verdict.stoppedEarly()) {
      lines.add(" Stopped early: the summary does not judge records that were still on their way.");
    } else if (verdict.passed()) {
      lines.add(" " + palette.good("PASSED"));
    }
    verdict.failures().forEach(f -> lines.add(" " + palette.bad("FAILED") + "  " + f));
    return lines;
  }

  private static String groups() {
    int group = QUERIES + 2 * PERCENT + GAIN;
    return " ".repeat(TENANT + 1)
        + Cells.right("whole run", group)
        + Cells.right("last " + PredictionLedger.WINDOW, group);
  }

  private static String header() {
    String one =
        Cells.right("queries", QUERIES)
            + Cells.right("before", PERCENT)
            + Cells.right("after", PERCENT)
            + Cells.right("gain", GAIN);
    return " " + Cells.left("by answer key", TENANT) + one + one;
  }

  private String row(TenantTally tenant) {
    return " "
        + Cells.left(tenant.tenant(), TENANT)
        + accuracy(tenant.total())
        + accuracy(tenant.recent());
  }

  private String accuracy(Accuracy accuracy) {
    boolean known = accuracy.isKnown();
    return Cells.right(Cells.count(accuracy.queries()), QUERIES)
        + Cells.right(Cells.percent(known, accuracy.beforePercent()), PERCENT)
        + Cells.right(Cells.percent(known, accuracy.afterPercent()), PERCENT)
        + AccuracyCells.gain(known, accuracy.gainPoints(), GAIN, palette);
  }

  private static String withoutHead(TenantTally tenant) {
    return String.format(
        " No labels yet  %d of the queries of %s", tenant.counts().withoutHead(), tenant.tenant());
  }

  private static String noneOfThese(TenantTally tenant) {
    return String.format(
        " None of these  %d of the queries of %s", tenant.counts().noneOfThese(), tenant.tenant());
  }

  private static List<String> deadLetters(DeadLetterSnapshot letters) {
    String reasons = Cells.reasons(letters.byReason());
    String text =
        String.format(
            "Dead letters   expected %d, seen %d%s",
            letters.expected(), letters.total(), reasons.isEmpty() ? "" : ": " + reasons);
    return Cells.wrap(text, " ", TableRenderer.WIDTH);
  }
}
