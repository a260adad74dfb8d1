package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at the rows of a file as they pass. Takes bounded memory. For one thread. */
public final class FileInspection {
  /** Which texts were seen is known up to here; those after are not compared. */
  private static final int MAX_TEXTS = 250_000;

  private static final int MAX_ROWS = 10;
  private static final int MAX_REFUSALS = 100;
  private static final int MAX_LINES = 10;
  private static final int MIN_ROWS = 4;
  private static final double HARDLY_TWICE = 0.9;

  /** UTF-8 that was read as Latin-1 and written again. */
  private static final Pattern MOJIBAKE =
      Pattern.compile("[\u00C2\u00C3][\u0080-\u00BF]|\u00E2\u20AC|\uFFFD");

  private final FileShape shape;
  private final Map<String, Tenant> tenants = new LinkedHashMap<>();
  private final Map<Long, Seen> texts = new HashMap<>();
  private final List<FileRow.Read> first = new ArrayList<>();
  private final List<FileRow.Refused> refusals = new ArrayList<>();
  private final Map<Finding.Kind, Marks> marks = new EnumMap<>(Finding.Kind.class);
  private long rows;
  private long refused;
  private long repeated;
  private long unlabelled;
  private long spaced;

  private static final class Tenant {
    private long rows;
    private final Map<String, Long> labels = new LinkedHashMap<>();
  }

  private record Seen(String label, long line) {}

  private static final class Marks {
    private long count;
    private final List<Long> lines = new ArrayList<>();
    private String example = "";

    void add(long line, String what) {
      if (count == 0) {
        example = what;
      }
      count++;
      if (lines.size() < MAX_LINES) {
        lines.add(line);
      }
    }
  }

  /** An inspection of a file of that shape. */
  public FileInspection(FileShape shape) {
    this.shape = shape;
  }

  /**
   * Takes a row.
   *
   * @return whether it is a labelled text that counts: the first of its tenant with that text
   */
  public boolean add(FileRow row) {
    rows++;
    if (row instanceof FileRow.Refused refusal) {
      refuse(refusal);
      return false;
    }
    FileRow.Read read = (FileRow.Read) row;
    if (first.size() < MAX_ROWS) {
      first.add(read);
    }
    look(read);
    Utterance utterance = read.utterance();
    Tenant tenant = tenants.computeIfAbsent(utterance.tenant(), name -> new Tenant());
    tenant.rows++;
    if (!utterance.isLabelled()) {
      unlabelled++;
      mark(Finding.Kind.UNLABELLED, read.line(), utterance.text());
      return false;
    }
    tenant.labels.merge(utterance.label(), 1L, Long::sum);
    return compare(read);
  }

  /** Refuses a row that was taken: it counts as refused and no more as taken. */
  public void refuse(FileRow.Refused refusal) {
    mark(Finding.Kind.REFUSED, refusal.line(), refusal.reason());
    leaveOut(refusal);
  }

  private void leaveOut(FileRow.Refused refusal) {
    refused++;
    if (refusals.size() < MAX_REFUSALS) {
      refusals.add(refusal);
    }
  }

  private void look(FileRow.Read read) {
    String text = read.utterance().text();
    if (text.indexOf(' ') >= 0) {
      spaced++;
    }
    if (text.chars().noneMatch(Character::isLetterOrDigit) || MOJIBAKE.matcher(text).find()) {
      mark(Finding.Kind.UNREADABLE_TEXT, read.line(), text);
    }
    if (LayoutGuess.isQuoted(text) || LayoutGuess.isQuoted(read.utterance().label())) {
      mark(Finding.Kind.QUOTES_LEFT, read.line(), text);
    }
  }

  private boolean compare(FileRow.Read read) {
    Utterance utterance = read.utterance();
    long hash = hash(utterance.tenant()) * 31 + hash(utterance.text());
    Seen seen = texts.get(hash);
    if (seen == null) {
      if (texts.size() < MAX_TEXTS) {
        texts.put(hash, new Seen(utterance.label(), read.line()));
      }
      return true;
    }
    if (seen.label().equals(utterance.label())) {
      repeated++;
      mark(Finding.Kind.TEXT_TWICE, read.line(), utterance.text());
    } else {
      String both = "'%s' and '%s'".formatted(seen.label(), utterance.label());
      mark(Finding.Kind.TEXT_WITH_TWO_LABELS, read.line(), both);
      leaveOut(
          new FileRow.Refused(
              read.line(),
              "text: expected one label, found '%s' on line %d and '%s' here"
                  .formatted(seen.label(), seen.line(), utterance.label())));
    }
    return false;
  }

  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  private void mark(Finding.Kind kind, long line, String what) {
    marks.computeIfAbsent(kind, any -> new Marks()).add(line, what);
  }

  /** What was seen so far. */
  public FilePreview preview() {
    List<FilePreview.Tenant> found = new ArrayList<>();
    tenants.forEach(
        (name, tenant) ->
            found.add(
                new FilePreview.Tenant(
                    name,
                    tenant.rows,
                    tenant.labels.entrySet().stream()
                        .map(label -> new FilePreview.Label(label.getKey(), label.getValue()))
                        .toList())));
    return new FilePreview(
        shape,
        new FilePreview.Counts(
            rows, rows - refused - repeated - unlabelled, repeated, unlabelled, refused),
        Collections.unmodifiableList(found),
        List.copyOf(first),
        findings(),
        List.copyOf(refusals));
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    aboutColumns(findings);
    aboutLabels(findings);
    marked(findings, Finding.Kind.REFUSED, "row", "that cannot be used; the first: ");
    marked(
        findings,
        Finding.Kind.TEXT_WITH_TWO_LABELS,
        "text",
        "with two labels, of which the first counts; such as ");
    marked(
        findings,
        Finding.Kind.UNREADABLE_TEXT,
        "text",
        "without a letter or digit, or saved in a wrong encoding; such as ");
    marked(
        findings,
        Finding.Kind.QUOTES_LEFT,
        "value",
        "in quotes that count as part of it; such as ");
    marked(
        findings, Finding.Kind.TEXT_TWICE, "row", "with the text and label of another; such as ");
    marked(findings, Finding.Kind.UNLABELLED, "row", "without a label; such as ");
    if (shape.marked()) {
      findings.add(
          new Finding(
              Finding.Kind.BYTE_ORDER_MARK,
              "the file begins with a byte order mark, which was left out",
              1,
              List.of(1L)));
    }
    return List.copyOf(findings);
  }

  private void marked(List<Finding> findings, Finding.Kind kind, String what, String message) {
    Marks found = marks.get(kind);
    if (found != null) {
      findings.add(
          new Finding(
              kind,
              "%s %s%s".formatted(count(found.count, what), message, abbreviated(found.example)),
              found.count,
              found.lines));
    }
  }

  private static String count(long count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  static String abbreviated(String text) {
    int most = 80;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private void aboutColumns(List<Finding> findings) {
    if (shape.swapped()) {
      findings.add(
          new Finding(
              Finding.Kind.SWAPPED_COLUMNS,
              "texts stand before labels; the columns were taken as text and label",
              1,
              List.of(1L)));
    }
    if (isHeaderLike()) {
      Utterance row = first.get(0).utterance();
      findings.add(
          new Finding(
              Finding.Kind.HEADER_AS_DATA,
              "the first row looks like the names of the columns: '%s' and '%s'; say that it is a header: --header, or header=true"
                  .formatted(abbreviated(row.label()), abbreviated(row.text())),
              1,
              List.of(first.get(0).line())));
    }
  }

  /** Its label comes once while others come again, and its text is one word, as no other is. */
  private boolean isHeaderLike() {
    if (shape.separator().isEmpty() || shape.header().isPresent() || first.isEmpty()) {
      return false;
    }
    Utterance row = first.get(0).utterance();
    Map<String, Long> labels = tenants.get(row.tenant()).labels;
    long read = rows - refused;
    return read >= MIN_ROWS
        && row.isLabelled()
        && labels.getOrDefault(row.label(), 0L) == 1
        && (labels.size() - 1) * 2L <= read
        && row.text().indexOf(' ') < 0
        && spaced >= (read - 1) * HARDLY_TWICE;
  }

  private void aboutLabels(List<Finding> findings) {
    long labelled = 0;
    long labels = 0;
    Marks alike = new Marks();
    for (Tenant tenant : tenants.values()) {
      labels += tenant.labels.size();
      labelled += tenant.labels.values().stream().mapToLong(Long::longValue).sum();
      tenant.labels.keySet().stream()
          .collect(Collectors.groupingBy(FileInspection::plain))
          .values()
          .stream()
          .filter(same -> same.size() > 1)
          .forEach(
              same -> {
                alike.count++;
                alike.example = alike.example.isEmpty() ? same.toString() : alike.example;
              });
    }
    if (labelled >= MIN_ROWS && labels >= HARDLY_TWICE * labelled) {
      findings.add(
          new Finding(
              Finding.Kind.AS_MANY_LABELS_AS_ROWS,
              "%,d labels in %,d rows: hardly any comes twice, so nothing can be learned or judged; are columns swapped?"
                  .formatted(labels, labelled),
              labels,
              List.of()));
    } else if (labelled >= MIN_ROWS && labels == tenants.size()) {
      findings.add(
          new Finding(
              Finding.Kind.ONE_LABEL,
              "all rows of a tenant have the same label, so there is nothing to tell apart",
              labels,
              List.of()));
    }
    if (alike.count > 0) {
      findings.add(
          new Finding(
              Finding.Kind.LABELS_DIFFER_BY_CASE,
              "labels differ only by case, spaces or signs: %s%s"
                  .formatted(
                      abbreviated(alike.example),
                      alike.count == 1
                          ? ""
                          : "; so do those of %s".formatted(count(alike.count - 1, "other group"))),
              alike.count,
              List.of()));
    }
  }

  private static String plain(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[\\s\u00A0\u200B_.-]+", "");
  }
}
