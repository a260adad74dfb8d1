package dev.hyperflow.training.report;

import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** A report that is written as Markdown and as HTML at once. For use by one thread. */
public final class Document {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>%1$s</title>
      <style>
      :root{color-scheme:light dark;--soft:#5b646d;--line:#dcdfe2}
      @media(prefers-color-scheme:dark){:root{--soft:#9aa4ad;--line:#31373c}}
      body{max-width:68rem;margin:0 auto;padding:2rem 1.25rem 4rem;font:16px/1.55 system-ui,sans-serif}
      h2{font-size:1.25rem;margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line)}
      p{max-width:46rem}
      div{overflow-x:auto}
      table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
      th,td{padding:.4rem .75rem;text-align:left;border-bottom:1px solid var(--line)}
      th,figcaption{color:var(--soft)}
      tr.strong{font-weight:650}
      figure{margin:1.25rem 0}
      img{width:100%%;max-width:54rem;background:#fff}
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      %2$s</body>
      </html>
      """;

  private final String title;
  private final StringBuilder page = new StringBuilder();
  private final StringBuilder section = new StringBuilder();
  private final StringBuilder html = new StringBuilder();

  public Document(String title) {
    this.title = title;
  }

  public Document heading(String text) {
    markdown("\n## " + text + "\n");
    html.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  public Document paragraph(String text) {
    markdown("\n" + text + "\n");
    html.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  public Document table(List<String> header, List<List<String>> rows) {
    return table(header, rows, -1);
  }

  /**
   * Adds a table.
   *
   * @param rows each as long as the header
   * @param strong index of a row to stress, or −1
   */
  public Document table(List<String> header, List<List<String>> rows, int strong) {
    markdown("\n" + line(header) + line(Collections.nCopies(header.size(), "---")));
    html.append("<div><table>\n<tr>");
    header.forEach(cell -> html.append("<th>").append(escaped(cell)));
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i);
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            "row: expected %d cells, found %d".formatted(header.size(), cells.size()));
      }
      boolean stressed = i == strong;
      markdown(line(stressed ? cells.stream().map(cell -> "**" + cell + "**").toList() : cells));
      html.append(stressed ? "\n<tr class=\"strong\">" : "\n<tr>");
      cells.forEach(cell -> html.append("<td>").append(escaped(cell)));
    }
    html.append("\n</table></div>\n");
    return this;
  }

  /**
   * Adds a picture.
   *
   * @param file the name that the page in Markdown links to
   * @param png what the page in HTML holds
   */
  public Document figure(String file, byte[] png, String caption) {
    page.append("\n![%s](%s)\n".formatted(caption, file));
    html.append(
        "<figure><img alt=\"%1$s\" src=\"data:image/png;base64,%2$s\"><figcaption>%1$s</figcaption></figure>%n"
            .formatted(escaped(caption), Base64.getEncoder().encodeToString(png)));
    return this;
  }

  /**
   * Adds a picture that a browser draws.
   *
   * @param file the name that the page in Markdown links to
   * @param svg what the page in HTML holds
   */
  public Document figure(String file, String svg, String caption) {
    page.append("\n![%s](%s)\n".formatted(caption, file));
    html.append(
        "<figure>%s<figcaption>%s</figcaption></figure>%n".formatted(svg, escaped(caption)));
    return this;
  }

  /** Adds everything that another report says, but its title. */
  public Document add(Document other) {
    page.append(other.page);
    section.append(other.section);
    html.append(other.html);
    return this;
  }

  /** The report as a page in Markdown, with its title and figures. */
  public String markdownPage() {
    return "# " + title + "\n" + page;
  }

  /** A part of another page in Markdown: no title, no figures. */
  public String markdownSection() {
    return section.toString().strip() + "\n";
  }

  /** A page in HTML that needs nothing else: style and pictures are in it. */
  public String htmlPage() {
    return PAGE.formatted(escaped(title), html);
  }

  private void markdown(String text) {
    page.append(text);
    section.append(text);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** Escapes what HTML gives a meaning, and sets what stands between backticks as code. */
  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
