package dev.hyperflow.engine.internal.files;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds out from the beginning of a delimited file how its columns are read. */
final class LayoutGuess {
  /*
   * The separator is the one that gives most rows the same number of columns, two at least; a
   * separator that gives a known header wins. Tabs come first, as they stand in no text. Quotes
   * count between tabs only where the header or half of the rows have them: plain lines may begin
   * with a quote.
   */
  private static final List<Character> SEPARATORS = List.of('\t', ',', ';', '|');
  private static final int MAX_ROWS = 500;
  private static final int MIN_ROWS = 4;
  private static final double MOSTLY = 0.8;
  private static final double HALF = 0.5;

  private final FileForm form;
  private final String name;

  /** A guess for a file, with what is told of it. */
  LayoutGuess(FileForm form, String name) {
    this.form = form;
    this.name = name;
  }

  /**
   * The layout.
   *
   * @param head the first characters
   * @param whole whether that is all
   * @throws DataFormatException when there is no row, or no column of labels and one of texts
   */
  Layout of(String head, boolean whole) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (char separator : separators()) {
      samples.add(sample(head, whole, separator));
    }
    Sample best = samples.stream().max(Comparator.comparingDouble(this::score)).orElseThrow();
    if (best.rows().isEmpty()) {
      throw new DataFormatException(name + ": expected at least one line, found none");
    }
    return layout(best);
  }

  private List<Character> separators() {
    if (form.separator().isPresent()) {
      return List.of(form.separator().get());
    }
    return form.format().equals(Optional.of(FileFormat.TSV)) ? List.of('\t') : SEPARATORS;
  }

  /** Rows from the beginning, read in one way. */
  private record Sample(Cells.Dialect dialect, List<Cells.Row> rows) {
    int columns() {
      Map<Integer, Long> counts =
          rows.stream()
              .collect(Collectors.groupingBy(row -> row.values().size(), Collectors.counting()));
      return counts.entrySet().stream()
          .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry::getKey))
          .map(Map.Entry::getKey)
          .orElse(0);
    }

    List<String> column(int column, int from) {
      return rows.stream().skip(from).map(row -> row.value(column)).toList();
    }
  }

  private Sample sample(String head, boolean whole, char separator) throws IOException {
    Sample plain = sample(head, whole, new Cells.Dialect(separator, separator != '\t'));
    if (separator != '\t' || plain.rows().isEmpty()) {
      return plain;
    }
    long quoted =
        plain.rows().stream()
            .filter(row -> row.values().stream().anyMatch(LayoutGuess::isQuoted))
            .count();
    boolean quotes =
        quoted >= HALF * plain.rows().size()
            || plain.rows().get(0).values().stream().allMatch(LayoutGuess::isQuoted);
    return quotes ? sample(head, whole, new Cells.Dialect(separator, true)) : plain;
  }

  static boolean isQuoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
  }

  private Sample sample(String head, boolean whole, Cells.Dialect dialect) throws IOException {
    List<Cells.Row> rows = new ArrayList<>();
    Cells cells = new Cells(new StringReader(head), dialect, name);
    boolean ended = false;
    try {
      Optional<Cells.Row> row = cells.next();
      while (row.isPresent() && rows.size() < MAX_ROWS) {
        rows.add(row.get());
        row = cells.next();
      }
      ended = row.isEmpty();
    } catch (DataFormatException e) {
      // The rows before it are enough; whoever reads them all says where the quotes are wrong.
      return new Sample(dialect, rows);
    }
    if (ended && !whole && rows.size() > 1) {
      rows.remove(rows.size() - 1);
    }
    return new Sample(dialect, rows);
  }

  private double score(Sample sample) {
    int columns = sample.columns();
    if (columns < 2) {
      return 0;
    }
    long same = sample.rows().stream().filter(row -> row.values().size() == columns).count();
    return (double) same / sample.rows().size() + (hasKnownHeader(sample) ? 2 : 0);
  }

  private static boolean hasKnownHeader(Sample sample) {
    List<Optional<ColumnRole>> roles =
        sample.rows().get(0).values().stream().map(ColumnRole::named).toList();
    return roles.contains(Optional.of(ColumnRole.TEXT))
        && (roles.contains(Optional.of(ColumnRole.LABEL)) || roles.size() > 3);
  }

  private Layout layout(Sample sample) {
    boolean header = form.header().orElseGet(() -> hasKnownHeader(sample) || names(sample));
    List<String> first = sample.rows().get(0).values().stream().map(String::strip).toList();
    int columns = header ? first.size() : sample.columns();
    Map<ColumnRole, Integer> places = new EnumMap<>(ColumnRole.class);
    form.columns().forEach((role, column) -> places.put(role, place(role, column, header, first)));
    if (header) {
      byName(first, places);
    }
    int given = places.size();
    boolean swapped = false;
    if (!places.containsKey(ColumnRole.TEXT) || !places.containsKey(ColumnRole.LABEL)) {
      swapped = byContent(sample, columns, header ? 1 : 0, places) && given == 0;
    }
    require(places, columns, header ? first : List.of());
    return new Layout(
        sample.dialect(), header ? Optional.of(first) : Optional.empty(), columns, places, swapped);
  }

  /** Whether columns were given by names, which then stand in the first row. */
  private boolean names(Sample sample) {
    return form.columns().values().stream().anyMatch(column -> !isNumber(column))
        && sample.rows().get(0).values().stream()
            .map(String::strip)
            .toList()
            .containsAll(
                form.columns().values().stream().filter(column -> !isNumber(column)).toList());
  }

  private static boolean isNumber(String column) {
    return column.matches("[0-9]{1,4}");
  }

  private int place(ColumnRole role, String column, boolean header, List<String> names) {
    if (header && names.contains(column)) {
      return names.indexOf(column);
    }
    if (isNumber(column) && Integer.parseInt(column) >= 1) {
      return Integer.parseInt(column) - 1;
    }
    throw new DataFormatException(
        "%s:1: %s: expected one of the columns %s or a number, found '%s'"
            .formatted(name, role, header ? names : "of a header", column));
  }

  private static void byName(List<String> names, Map<ColumnRole, Integer> places) {
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      ColumnRole.named(names.get(i))
          .filter(role -> !places.containsValue(column))
          .ifPresent(role -> places.putIfAbsent(role, column));
    }
  }

  /** Gives the roles that are left to columns that look like them; says whether text is first. */
  private static boolean byContent(
      Sample sample, int columns, int from, Map<ColumnRole, Integer> places) {
    List<Integer> free =
        IntStream.range(0, columns).filter(i -> !places.containsValue(i)).boxed().toList();
    Map<Integer, Look> looks = new HashMap<>();
    free.forEach(column -> looks.put(column, Look.of(sample.column(column, from))));
    if (places.containsKey(ColumnRole.TEXT)) {
      free.stream()
          .filter(column -> free.size() == 1 || looks.get(column).isOfLabels())
          .min(Comparator.comparingDouble(column -> looks.get(column).distinct()))
          .ifPresent(column -> places.put(ColumnRole.LABEL, column));
      return false;
    }
    if (places.containsKey(ColumnRole.LABEL)) {
      free.stream()
          .max(Comparator.comparingDouble(column -> looks.get(column).length()))
          .ifPresent(column -> places.put(ColumnRole.TEXT, column));
      return false;
    }
    if (free.size() == 2) {
      return ofTwo(free, looks, places);
    }
    if (free.size() == 3 && !places.containsKey(ColumnRole.TENANT)) {
      ofThree(free, looks, places);
    }
    return false;
  }

  private static boolean ofTwo(
      List<Integer> free, Map<Integer, Look> looks, Map<ColumnRole, Integer> places) {
    Look first = looks.get(free.get(0));
    Look second = looks.get(free.get(1));
    boolean swapped =
        first.rows() >= MIN_ROWS
            && second.isOfLabels()
            && first.distinct() > MOSTLY
            && first.length() > second.length();
    places.put(ColumnRole.LABEL, free.get(swapped ? 1 : 0));
    places.put(ColumnRole.TEXT, free.get(swapped ? 0 : 1));
    return swapped;
  }

  /** In the order of the own format, unless the last column has labels and another one texts. */
  private static void ofThree(
      List<Integer> free, Map<Integer, Look> looks, Map<ColumnRole, Integer> places) {
    Look last = looks.get(free.get(2));
    int text =
        free.stream()
            .filter(column -> last.rows() >= MIN_ROWS && last.isOfLabels())
            .filter(column -> looks.get(column).distinct() > MOSTLY)
            .filter(column -> looks.get(column).length() > last.length())
            .max(Comparator.comparingDouble(column -> looks.get(column).length()))
            .orElse(free.get(2));
    List<Integer> others = free.stream().filter(column -> column != text).toList();
    boolean inOrder =
        text == free.get(2)
            || looks.get(others.get(0)).distinct() <= looks.get(others.get(1)).distinct();
    places.put(ColumnRole.TEXT, text);
    places.put(ColumnRole.TENANT, others.get(inOrder ? 0 : 1));
    places.put(ColumnRole.LABEL, others.get(inOrder ? 1 : 0));
  }

  /**
   * What a column looks like.
   *
   * @param rows so many were seen
   * @param distinct which part of them differ, 0 to 1
   * @param length characters, on average
   */
  private record Look(int rows, double distinct, double length) {
    static Look of(List<String> values) {
      int rows = Math.max(1, values.size());
      return new Look(
          values.size(),
          (double) values.stream().distinct().count() / rows,
          values.stream().mapToInt(String::length).average().orElse(0));
    }

    boolean isOfLabels() {
      return distinct <= HALF;
    }
  }

  private void require(Map<ColumnRole, Integer> places, int columns, List<String> header) {
    for (Map.Entry<ColumnRole, Integer> place : places.entrySet()) {
      if (place.getValue() >= columns) {
        throw new DataFormatException(
            "%s:1: %s: expected one of %d columns, found number %d"
                .formatted(name, place.getKey(), columns, place.getValue() + 1));
      }
    }
    if (!places.containsKey(ColumnRole.TENANT) && form.tenant().isEmpty()) {
      throw new DataFormatException(
          name + ":1: tenant: expected a column of tenants or one tenant for all, found neither");
    }
    for (ColumnRole role : List.of(ColumnRole.TEXT, ColumnRole.LABEL)) {
      if (places.containsKey(role)) {
        continue;
      }
      throw new DataFormatException(
          header.isEmpty()
              ? "%s:1: expected tenant<TAB>label<TAB>text, label<TAB>text or a header, found %d column(s)"
                  .formatted(name, columns)
              : "%s:1: expected a column of %ss, found the columns %s; name it with %s=NAME"
                  .formatted(name, role, header, role));
    }
  }
}
