package dev.hyperflow.benchmarks.report;

import java.util.List;

/**
 * One scenario's figures.
 *
 * @param title what was measured, with its settings
 * @param header names of the columns
 * @param rows a cell per column
 * @param results the figures that count, one line each
 */
public record Section(
    String title, List<String> header, List<List<String>> rows, List<String> results) {

  public Section {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
    results = List.copyOf(results);
  }

  /** The section for a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder(title).append('\n');
    appendText(text, header);
    rows.forEach(row -> appendText(text, row));
    results.forEach(result -> text.append("  → ").append(result).append('\n'));
    return text.toString();
  }

  /** The section as Markdown, below a heading of the third level. */
  public String markdown() {
    StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
    results.forEach(result -> text.append("- **").append(result).append("**\n"));
    text.append('\n');
    appendMarkdown(text, header);
    appendMarkdown(text, header.stream().map(cell -> "---").toList());
    rows.forEach(row -> appendMarkdown(text, row));
    return text.toString();
  }

  private void appendText(StringBuilder text, List<String> cells) {
    text.append("  ");
    for (int i = 0; i < cells.size(); i++) {
      int width = width(i);
      text.append(i == 0 ? pad(cells.get(i), width, false) : "  " + pad(cells.get(i), width, true));
    }
    text.append('\n');
  }

  private int width(int column) {
    int width = header.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  private static String pad(String cell, int width, boolean right) {
    String blanks = " ".repeat(width - cell.length());
    return right ? blanks + cell : cell + blanks;
  }

  private static void appendMarkdown(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
