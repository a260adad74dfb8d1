package dev.hyperflow.app.view;

import dev.hyperflow.engine.internal.files.FilePreview;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.files.FileShape;
import dev.hyperflow.engine.internal.files.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Shows what a file of labelled texts holds, within 80 columns. */
public final class ImportTables {
  private static final int NAME = 22;
  private static final int COUNT = 9;
  private static final int LINE = 6;
  private static final int TEXT = 48;
  private static final int MAX_TENANTS = 10;
  private static final int MAX_LABELS = 12;
  private static final int MAX_REFUSALS = 10;
  private static final int WIDTH = 80;

  private final Palette palette;
  private final UnaryOperator<String> printable;

  /**
   * Tables.
   *
   * @param printable makes text from elsewhere fit for a terminal
   */
  public ImportTables(Palette palette, UnaryOperator<String> printable) {
    this.palette = palette;
    this.printable = printable;
  }

  /** The lines of a preview, without line ends. */
  public List<String> preview(String file, FilePreview found) {
    List<String> lines = new ArrayList<>();
    lines.add(" " + palette.strong(file));
    lines.add(" " + shape(found.shape()));
    lines.add("");
    lines.add(
        palette.faint(
            " "
                + Cells.left("tenant", NAME)
                + Cells.left("label", NAME)
                + Cells.right("rows", COUNT)));
    found.tenants().stream().limit(MAX_TENANTS).forEach(tenant -> addTenant(lines, tenant));
    if (found.tenants().size() > MAX_TENANTS) {
      lines.add(" … %,d tenants in all".formatted(found.tenants().size()));
    }
    lines.add("");
    lines.add(palette.faint(" " + Cells.left("line", LINE) + Cells.left("label", NAME) + "text"));
    found.first().forEach(row -> lines.add(row(row)));
    lines.addAll(findings("", found.findings()));
    if (found.counts().refused() > 0) {
      lines.add("");
      lines.add(" " + palette.strong("Refused"));
      lines.addAll(refusals(found.refusals(), found.counts().refused()));
    }
    lines.add("");
    lines.add(" " + counts(found.counts()));
    return lines;
  }

  /**
   * What looks wrong, a line or more for each; nothing when nothing does.
   *
   * @param file in front of the title, may be empty
   */
  public List<String> findings(String file, List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    if (!findings.isEmpty()) {
      lines.add("");
      lines.add(" " + palette.strong((file.isEmpty() ? "" : file + ": ") + "What to look at"));
    }
    for (Finding finding : findings) {
      String mark = finding.kind().isWrong() ? "! " : "· ";
      String where =
          finding.lines().isEmpty() || finding.lines().equals(List.of(1L))
              ? ""
              : " (line%s %s%s)"
                  .formatted(
                      finding.lines().size() == 1 ? "" : "s",
                      finding.lines().stream()
                          .map(String::valueOf)
                          .collect(Collectors.joining(", ")),
                      finding.count() > finding.lines().size() ? ", …" : "");
      lines.addAll(Cells.wrap(mark + printable.apply(finding.message()) + where, "   ", WIDTH));
    }
    return lines;
  }

  /** The first refused rows. */
  public List<String> refusals(List<FileRow.Refused> refusals, long count) {
    List<String> lines = new ArrayList<>();
    refusals.stream()
        .limit(MAX_REFUSALS)
        .forEach(
            refusal ->
                lines.addAll(
                    Cells.wrap(
                        "line %d: %s".formatted(refusal.line(), printable.apply(refusal.reason())),
                        "   ",
                        WIDTH)));
    if (count > MAX_REFUSALS) {
      lines.add("   … %,d in all".formatted(count));
    }
    return lines;
  }

  private static String counts(FilePreview.Counts counts) {
    StringBuilder text =
        new StringBuilder(
            "%s: %,d to import".formatted(Cells.count(counts.rows(), "row"), counts.taken()));
    append(text, counts.repeated(), "repeated");
    append(text, counts.unlabelled(), "without a label");
    append(text, counts.refused(), "refused");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", %,d %s".formatted(count, what));
    }
  }

  private String shape(FileShape shape) {
    StringBuilder text = new StringBuilder(shape.format() + ", " + shape.encoding());
    shape.separator().ifPresent(sign -> text.append(", separator ").append(name(sign)));
    if (!shape.columns().isEmpty()) {
      text.append(shape.header().isPresent() ? ", header" : ", no header");
      shape.columns().entrySet().stream()
          .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
          .forEach(
              column ->
                  text.append(", column ")
                      .append(column.getValue())
                      .append(" is ")
                      .append(column.getKey()));
    }
    return text.toString();
  }

  private String name(char separator) {
    return separator == '\t' ? "tab" : "'" + printable.apply(String.valueOf(separator)) + "'";
  }

  private void addTenant(List<String> lines, FilePreview.Tenant tenant) {
    String name = printable.apply(tenant.name());
    for (FilePreview.Label label : tenant.labels().stream().limit(MAX_LABELS).toList()) {
      lines.add(" " + cell(name) + cell(printable.apply(label.name())) + number(label.rows()));
      name = "";
    }
    if (tenant.labels().size() > MAX_LABELS) {
      lines.add(" " + cell("") + "… %,d labels".formatted(tenant.labels().size()));
    }
    if (tenant.labels().isEmpty()) {
      lines.add(" " + cell(name) + cell("–") + number(tenant.rows()));
    }
  }

  private static String cell(String text) {
    return Cells.left(text, NAME - 1) + " ";
  }

  private static String number(long count) {
    return Cells.right(Cells.count(count), COUNT);
  }

  private String row(FileRow.Read row) {
    return " "
        + Cells.left(Long.toString(row.line()), LINE)
        + cell(printable.apply(row.utterance().label()))
        + Cells.left(printable.apply(row.utterance().text()), TEXT).stripTrailing();
  }
}
