package dev.hyperflow.training.report;

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

  @Override
  public String toString() {
    return out.toString();
  }
}
