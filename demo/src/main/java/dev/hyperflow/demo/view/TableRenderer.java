package dev.hyperflow.demo.view;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.ledger.TenantTally;
import java.util.ArrayList;
import java.util.List;

/** Draws a {@link Frame} as a table that fits {@value #WIDTH} columns. */
public final class TableRenderer {

  /** Columns of a terminal that the table needs. */
  public static final int WIDTH = 79;

  private static final int TENANT = 14;
  private static final int LABELS = 7;
  private static final int EXAMPLES = 9;
  private static final int QUERIES = 10;
  private static final int TESTED = 7;
  private static final int PERCENT = 8;
  private static final int GAIN = 6;
  private static final int LATENCY = 8;
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
    frame
        .ledger()
        .tenants()
        .forEach(
            tenant ->
                lines.add(
                    row(
                        tenant,
                        frame.accuracy().getOrDefault(tenant.tenant(), LiveAccuracy.NONE))));
    lines.add(rule());
    lines.addAll(total(frame));
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
    String first =
        INDENT
            + Cells.left("", TENANT + LABELS + EXAMPLES)
            + Cells.right("queries", QUERIES)
            + Cells.right("accuracy", TESTED + 2 * PERCENT)
            + Cells.right("label to", GAIN + LATENCY);
    String second =
        INDENT
            + Cells.left("tenant", TENANT)
            + Cells.right("labels", LABELS)
            + Cells.right("examples", EXAMPLES)
            + Cells.right("answered", QUERIES)
            + Cells.right("tested", TESTED)
            + Cells.right("before", PERCENT)
            + Cells.right("after", PERCENT)
            + Cells.right("gain", GAIN)
            + Cells.right("use", LATENCY);
    return List.of(palette.faint(first), palette.faint(second));
  }

  private String row(TenantTally tenant, LiveAccuracy accuracy) {
    TenantTally.Counts counts = tenant.counts();
    return INDENT
        + palette.strong(Cells.left(tenant.tenant(), TENANT))
        + Cells.right(Cells.count(counts.labels()), LABELS)
        + Cells.right(Cells.count(counts.examples()), EXAMPLES)
        + Cells.right(counts.answered() + "/" + counts.queries(), QUERIES)
        + accuracy(tenant, accuracy)
        + Cells.right(Cells.seconds(tenant.labelToAnswerMillis()), LATENCY);
  }

  private String accuracy(TenantTally tenant, LiveAccuracy accuracy) {
    if (accuracy.before().isEmpty() || accuracy.after().isEmpty()) {
      return palette.faint(
          Cells.left("  " + whyUnknown(tenant, accuracy), TESTED + 2 * PERCENT + GAIN));
    }
    double before = 100 * accuracy.before().get();
    double after = 100 * accuracy.after().get();
    return Cells.right(Cells.count(accuracy.labels()), TESTED)
        + Cells.right(Cells.percent(true, before), PERCENT)
        + Cells.right(Cells.percent(true, after), PERCENT)
        + AccuracyCells.gain(true, after - before, GAIN, palette);
  }

  private static String whyUnknown(TenantTally tenant, LiveAccuracy accuracy) {
    if (accuracy.labels() > 0) {
      return "too few labels: " + accuracy.labels();
    }
    boolean unlabelled = tenant.counts().labels() == 0 && tenant.counts().answered() > 0;
    return unlabelled ? "no labels yet, no answer" : "";
  }

  private List<String> total(Frame frame) {
    return Cells.wrap(
        Cells.count(frame.ledger().events())
            + " sent, "
            + Cells.rate(frame.eventsPerSecond())
            + "/s · "
            + frame.ledger().answered()
            + " of "
            + frame.ledger().queries()
            + " queries answered"
            + (frame.ledger().duplicates() > 0
                ? " · " + frame.ledger().duplicates() + " twice"
                : " · none twice")
            + (frame.ledger().noneOfThese() > 0
                ? " · " + frame.ledger().noneOfThese() + " none of these"
                : ""),
        INDENT,
        WIDTH);
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
