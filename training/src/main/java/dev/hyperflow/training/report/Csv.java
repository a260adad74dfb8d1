package dev.hyperflow.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180) with line feeds. For use by one thread. */
public final class Csv {

  private final StringBuilder out = new StringBuilder();
  private final int columns;

  /** Starts with the names of the columns, at least one. */
  public Csv(String... header) {
    this.columns = header.length;
    line(header);
  }

  /**
   * Adds a line.
   *
   * @param cells one for each column, quoted here where they must be
   * @throws IllegalArgumentException if there are more or fewer
   */
  public void line(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "cells: expected %d, found %d".formatted(columns, cells.length));
    }
    out.append(List.of(cells).stream().map(Csv::quoted).collect(Collectors.joining(",")))
        .append('\n');
  }

  private static String quoted(String value) {
    return value.matches("[^,\"\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  /** The cells of a line that has no line break in a cell. */
  public static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
