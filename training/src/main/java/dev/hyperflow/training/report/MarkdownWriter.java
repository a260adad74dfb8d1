package dev.hyperflow.training.report;

import java.util.Collections;
import java.util.List;

/** Markdown, with figures as links to files beside it or left out. */
public final class MarkdownWriter implements Document.Writer {

  private final StringBuilder out = new StringBuilder();
  private final boolean figures;

  private MarkdownWriter(boolean figures) {
    this.figures = figures;
  }

  /** A page of its own. */
  public static String page(Document document) {
    MarkdownWriter writer = new MarkdownWriter(true);
    writer.out.append("# ").append(document.title()).append('\n');
    document.write(writer);
    return writer.out.toString();
  }

  /** A part of another page: no title, no figures. */
  public static String section(Document document) {
    MarkdownWriter writer = new MarkdownWriter(false);
    document.write(writer);
    return writer.out.toString().strip() + "\n";
  }

  @Override
  public void heading(String text) {
    out.append("\n## ").append(text).append('\n');
  }

  @Override
  public void paragraph(String text) {
    out.append('\n').append(text).append('\n');
  }

  @Override
  public void table(Document.Table table) {
    out.append('\n');
    row(table.header());
    row(Collections.nCopies(table.header().size(), "---"));
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> cells = table.rows().get(i);
      row(i == table.strong() ? cells.stream().map(cell -> "**" + cell + "**").toList() : cells);
    }
  }

  private void row(List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public void figure(String file, String caption) {
    if (figures) {
      out.append("\n![").append(caption).append("](").append(file).append(")\n");
    }
  }
}
