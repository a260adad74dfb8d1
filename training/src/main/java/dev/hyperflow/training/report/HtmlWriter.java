package dev.hyperflow.training.report;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One HTML page that needs nothing else: style and pictures are in it. */
public final class HtmlWriter implements Document.Writer {

  private static final String STYLE =
      """
      :root{--bg:#fbfbf9;--ink:#1d2125;--soft:#5b646d;--line:#dcdfe2;--card:#fff;--accent:#1f6f8b}
      @media(prefers-color-scheme:dark){:root{--bg:#15181b;--ink:#e6e8ea;--soft:#9aa4ad;
      --line:#31373c;--card:#1d2226;--accent:#6cc3df}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--bg);color:var(--ink);
      font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      main{max-width:68rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
      h1{font-size:1.9rem;line-height:1.2;margin:0 0 .75rem;letter-spacing:-.01em}
      h2{font-size:1.25rem;margin:2.75rem 0 .75rem;padding-top:1.1rem;border-top:1px solid var(--line)}
      p{max-width:46rem;margin:.6rem 0;color:var(--ink)}
      code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
      .scroll{overflow-x:auto;margin:1rem 0;border:1px solid var(--line);border-radius:8px;
      background:var(--card)}
      table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
      th,td{padding:.45rem .75rem;text-align:right;border-bottom:1px solid var(--line);
      white-space:nowrap}
      td.text,th.text{text-align:left}
      td.long{white-space:normal;min-width:16rem}
      th{color:var(--soft);font-weight:600;vertical-align:bottom;white-space:normal}
      tr:last-child td{border-bottom:0}
      tr.strong td{font-weight:650;background:color-mix(in srgb,var(--accent) 9%,transparent)}
      figure{margin:1.25rem 0}
      figure img{display:block;width:100%;max-width:54rem;height:auto;background:#fff;
      border:1px solid var(--line);border-radius:8px;padding:.25rem}
      figcaption{color:var(--soft);font-size:.875rem;margin-top:.4rem;max-width:54rem}
      """;

  private static final String NUMBER = "[+−]?\\d[\\d.,]*";
  private static final String FIGURE = NUMBER + "( [±/] " + NUMBER + ")?";
  private static final int LONG_CELL = 34;

  private final StringBuilder out = new StringBuilder();
  private final Map<String, byte[]> pictures;

  private HtmlWriter(Map<String, byte[]> pictures) {
    this.pictures = pictures;
  }

  /**
   * A page.
   *
   * @param pictures PNG files by name, for all figures
   */
  public static String page(Document document, Map<String, byte[]> pictures) {
    HtmlWriter writer = new HtmlWriter(pictures);
    document.write(writer);
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        %3$s</main>
        </body>
        </html>
        """
        .formatted(text(document.title()), STYLE, writer.out);
  }

  @Override
  public void heading(String heading) {
    out.append("<h2>").append(text(heading)).append("</h2>\n");
  }

  @Override
  public void paragraph(String paragraph) {
    out.append("<p>").append(text(paragraph)).append("</p>\n");
  }

  @Override
  public void table(Document.Table table) {
    out.append("<div class=\"scroll\"><table>\n<thead><tr>");
    for (int i = 0; i < table.header().size(); i++) {
      String kind = isText(table, i) ? " class=\"text\"" : "";
      out.append("<th").append(kind).append('>').append(text(table.header().get(i)));
      out.append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int r = 0; r < table.rows().size(); r++) {
      out.append(r == table.strong() ? "<tr class=\"strong\">" : "<tr>");
      List<String> row = table.rows().get(r);
      for (int i = 0; i < row.size(); i++) {
        cell(row.get(i), isText(table, i));
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
  }

  private void cell(String value, boolean words) {
    String size = value.length() > LONG_CELL ? " long" : "";
    out.append("<td").append(words ? " class=\"text" + size + "\">" : ">");
    out.append(text(value)).append("</td>");
  }

  /** A column of words is set to the left: the first, and those with few plain figures. */
  private static boolean isText(Document.Table table, int column) {
    long figures = table.rows().stream().filter(row -> row.get(column).matches(FIGURE)).count();
    return column == 0 || 2 * figures < table.rows().size();
  }

  @Override
  public void figure(String file, String caption) {
    out.append("<figure><img alt=\"")
        .append(text(caption))
        .append("\" src=\"data:image/png;base64,");
    out.append(Base64.getEncoder().encodeToString(pictures.get(file)));
    out.append("\"><figcaption>").append(text(caption)).append("</figcaption></figure>\n");
  }

  /** Escapes what HTML gives a meaning, and sets what stands between backticks as code. */
  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
