package dev.hyperflow.demo.view;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.ledger.Accuracy;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.ledger.TenantTally;
import java.util.ArrayList;
import java.util.List;

/** Draws a {@link Frame} as a table that fits {@value #WIDTH} columns. */
public final class TableRenderer {

  /** Columns of a terminal that the table needs. */
  public static final int WIDTH = 98;

  private static final int TENANT = 20;
  private static final int SMALL = 8;
  private static final int QUERIES = 11;
  private static final int PERCENT = 8;
  private static final int GAIN = 7;
  private static final int LATENCY = 9;
  private static final String INDENT = " ";

  private final Palette palette;

  /** A renderer that colours with this palette. */
  public TableRenderer(Palette palette) {
    this.palette = palette;
  }

  /** The lines of the table, without line ends. */
  public List<String> render(Frame frame) {
    List<String> lines = new ArrayList<>();
    lines.add(title(frame));
    lines.add(rule());
    lines.addAll(header());
    frame.ledger().tenants().forEach(tenant -> lines.add(row(tenant)));
    lines.add(rule());
    lines.add(total(frame));
    lines.addAll(deadLetters(frame));
    frame.page().ifPresent(page -> lines.add(INDENT + palette.faint("page and API: " + page)));
    lines.add(INDENT + palette.notable(Cells.left(frame.news(), WIDTH - 2).stripTrailing()));
    return lines;
  }

  private String title(Frame frame) {
    String left = "HyperFlow Streams · live demo";
    String right =
        frame.phase()
            + "   "
            + Cells.clock(frame.elapsed())
            + " of "
            + Cells.clock(frame.planned());
    return INDENT
        + palette.strong(left)
        + Cells.right(right, WIDTH - 2 - left.codePointCount(0, left.length()));
  }

  private List<String> header() {
    String over = Cells.right("accuracy, last " + PredictionLedger.WINDOW, 2 * PERCENT + GAIN - 3);
    String first =
        " ".repeat(1 + TENANT + 2 * SMALL) + Cells.right("queries", QUERIES) + " " + over;
    String second =
        INDENT
            + Cells.left("tenant", TENANT)
            + Cells.right("labels", SMALL)
            + Cells.right("examples", SMALL + 1)
            + Cells.right("answered", QUERIES)
            + Cells.right("before", PERCENT)
            + Cells.right("after", PERCENT)
            + Cells.right("gain", GAIN)
            + "  "
            + Cells.left("", AccuracyCells.BAR_WIDTH)
            + Cells.right("first use", LATENCY + 2);
    String third = first + " ".repeat(Math.max(0, WIDTH - 1 - first.length() - 8)) + "label to";
    return List.of(palette.faint(third), palette.faint(second));
  }

  private String row(TenantTally tenant) {
    TenantTally.Counts counts = tenant.counts();
    Accuracy recent = tenant.recent();
    return INDENT
        + palette.strong(Cells.left(tenant.tenant(), TENANT))
        + Cells.right(Cells.count(counts.labels()), SMALL)
        + Cells.right(Cells.count(counts.examples()), SMALL + 1)
        + Cells.right(counts.answered() + "/" + counts.queries(), QUERIES)
        + accuracy(tenant, recent)
        + Cells.right(Cells.seconds(tenant.labelToAnswerMillis()), LATENCY + 2);
  }

  private String accuracy(TenantTally tenant, Accuracy recent) {
    int columns = 2 * PERCENT + GAIN + 2 + AccuracyCells.BAR_WIDTH;
    if (!recent.isKnown()) {
      String why = tenant.counts().answered() > 0 ? "no labels yet, no answer" : "";
      return palette.faint(Cells.left("   " + why, columns));
    }
    return Cells.right(Cells.percent(true, recent.beforePercent()), PERCENT)
        + Cells.right(Cells.percent(true, recent.afterPercent()), PERCENT)
        + AccuracyCells.gainColoured(Cells.right(AccuracyCells.gain(recent), GAIN), recent, palette)
        + "  "
        + AccuracyCells.bar(recent, palette);
  }

  private String total(Frame frame) {
    return INDENT
        + Cells.count(frame.ledger().events())
        + " records sent, "
        + Cells.rate(frame.eventsPerSecond())
        + "/s · "
        + frame.ledger().answered()
        + " of "
        + frame.ledger().queries()
        + " queries answered"
        + (frame.ledger().duplicates() > 0
            ? " · " + palette.bad(frame.ledger().duplicates() + " twice")
            : " · none twice")
        + (frame.ledger().noneOfThese() > 0
            ? " · " + frame.ledger().noneOfThese() + " none of these"
            : "");
  }

  private static List<String> deadLetters(Frame frame) {
    int total = frame.ledger().deadLetters().total();
    String reasons = Cells.reasons(frame.ledger().deadLetters().byReason());
    String text = total + " dead letters" + (reasons.isEmpty() ? "" : ": " + reasons);
    return Cells.wrap(text, INDENT, WIDTH);
  }

  private String rule() {
    return INDENT + palette.faint("─".repeat(WIDTH - 2));
  }
}
