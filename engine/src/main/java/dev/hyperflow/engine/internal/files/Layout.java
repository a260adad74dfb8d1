package dev.hyperflow.engine.internal.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the columns of a delimited file are read.
 *
 * @param dialect how columns are told apart
 * @param header the names of its columns; empty without a header
 * @param columns how many there are
 * @param places which column has which role, from 0; label and text always have one
 * @param swapped whether the text stands before the label though nothing says so
 */
record Layout(
    Cells.Dialect dialect,
    Optional<List<String>> header,
    int columns,
    Map<ColumnRole, Integer> places,
    boolean swapped) {
  Layout {
    places = Map.copyOf(places);
  }
}
