package dev.hyperflow.engine.internal.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a file was found to be written.
 *
 * @param format its format
 * @param encoding {@code UTF-8}, {@code UTF-16LE} or {@code UTF-16BE}
 * @param marked whether it begins with a byte order mark
 * @param separator between columns; empty where there are none
 * @param header names of its columns; empty without a header
 * @param columns which column has which role, from 1; empty where there are none
 * @param swapped whether texts stand before labels though nothing says so
 */
public record FileShape(
    FileFormat format,
    String encoding,
    boolean marked,
    Optional<Character> separator,
    Optional<List<String>> header,
    Map<ColumnRole, Integer> columns,
    boolean swapped) {
  public FileShape {
    columns = Map.copyOf(columns);
  }
}
