package dev.hyperflow.app.review;

import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.app.view.TenantTables;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Queries;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What a review shows, within the width of a terminal. Texts from elsewhere are escaped. */
public final class Screen {
  private static final int MIN_WIDTH = 48;
  private static final int LABEL = 24;
  private static final int NUMBER = 8;
  private static final int MAX_INFLUENCES = 5;

  private final Palette palette;
  private final int width;

  /** A screen of so many columns, or the fewest that a label needs. */
  public Screen(Palette palette, int columns) {
    this.palette = palette;
    this.width = Math.max(MIN_WIDTH, columns);
  }

  /**
   * A query with its answer, the labels of now, and the examples that mattered.
   *
   * @param number of the query, from 1
   * @param labels most probable first
   * @param influence those that mattered most first; empty where they were not computed
   */
  String query(
      Queries.Row row,
      int number,
      long total,
      List<Predict.Probability> labels,
      List<Predict.Influence> influence) {
    StringBuilder text = new StringBuilder("\n");
    text.append(
            palette.faint(
                cut(
                    "%s of %s  %s  %s"
                        .formatted(
                            Cells.count(number),
                            Cells.count(Math.max(total, number)),
                            Instant.ofEpochMilli(row.time()),
                            Printable.of(row.queryId())))))
        .append("\n\n");
    String shown = row.text() == null ? "(no text)" : Printable.of(row.text());
    Cells.wrap(shown, "  ", width).forEach(line -> text.append(palette.strong(line)).append('\n'));
    text.append('\n').append(answer(row));
    for (int i = 0; i < labels.size(); i++) {
      text.append(label(i + 1, labels.get(i), row.label()));
    }
    for (Predict.Influence each :
        influence.subList(0, Math.min(MAX_INFLUENCES, influence.size()))) {
      text.append(influence(each));
    }
    return text.toString();
  }

  private String answer(Queries.Row row) {
    if (row.label() == null) {
      return "  answered nothing: the tenant had no labels\n";
    }
    StringBuilder text = new StringBuilder("answered ");
    text.append(Printable.of(row.label())).append(", ").append(percent(row.probability()));
    if (row.disagreement()) {
      text.append("; before adaptation ").append(Printable.of(row.initialLabel()));
    }
    if (row.scope() != null) {
      text.append("; in scope ").append(percent(row.scope()));
    }
    if (row.status() != null && !row.status().equals("PERSONALISED")) {
      text.append("; ").append(row.status().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    return String.join("\n", Cells.wrap(text.toString(), "  ", width)) + "\n";
  }

  private String label(int number, Predict.Probability label, String answered) {
    String line =
        "  %d  %s%s"
            .formatted(
                number,
                Cells.left(Printable.of(label.label()), LABEL),
                Cells.right(percent(label.probability()), NUMBER));
    return (label.label().equals(answered) ? palette.notable(line + "  answered") : line) + "\n";
  }

  private String influence(Predict.Influence influence) {
    String points = String.format(Locale.ROOT, "%+.1f", 100 * influence.change());
    String padded = Cells.right(points, NUMBER);
    String example =
        "%s %s"
            .formatted(
                Cells.left(Printable.of(influence.label()), LABEL),
                TenantTables.text(influence.text(), influence.eventId()));
    return "  %s  %s%n"
        .formatted(
            influence.change() > 0 ? palette.good(padded) : palette.bad(padded),
            Cells.cut(example, width - NUMBER - 4));
  }

  /** Labels to choose from by number. */
  String labels(List<String> labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      text.append(cut("  %d  %s".formatted(i + 1, Printable.of(labels.get(i))))).append('\n');
    }
    return text.toString();
  }

  /** Sentences, dimmed. */
  String faint(String text) {
    return palette.faint(wrapped(text));
  }

  /** Sentences, on as many lines as they need. */
  public String wrapped(String text) {
    return String.join("\n", Cells.wrap(text, "", width));
  }

  /** One line. */
  String cut(String text) {
    return Cells.cut(text, width);
  }

  private static String percent(float probability) {
    return Cells.percent(true, 100 * probability);
  }
}
