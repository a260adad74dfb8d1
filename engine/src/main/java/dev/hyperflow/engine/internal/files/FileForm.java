package dev.hyperflow.engine.internal.files;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the reader is told of a file. It finds out what is empty here.
 *
 * @param format its format
 * @param separator between its columns
 * @param header whether its first row names the columns
 * @param columns the name of a column or field, or the number of a column, from 1
 * @param tenant whose rows are those that name no tenant; empty: they are refused
 */
public record FileForm(
    Optional<FileFormat> format,
    Optional<Character> separator,
    Optional<Boolean> header,
    Map<ColumnRole, String> columns,
    Optional<String> tenant) {

  /** The tenant of files that name none and of which nothing is told. */
  public static final String DEFAULT_TENANT = "tenant-1";

  /** Nothing is told. */
  public static final FileForm UNKNOWN =
      new FileForm(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Optional.of(DEFAULT_TENANT));

  public FileForm {
    columns = Map.copyOf(columns);
  }

  /** The same, with that separator unless one is told. */
  FileForm separatedBy(char other) {
    return new FileForm(format, separator.or(() -> Optional.of(other)), header, columns, tenant);
  }

  /**
   * The separator that a word names: {@code tab}, {@code comma}, {@code semicolon}, {@code pipe} or
   * one character.
   *
   * @throws IllegalArgumentException when it names none
   */
  public static char separator(String word) {
    return switch (word) {
      case "tab", "\\t" -> '\t';
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "pipe" -> '|';
      default -> {
        boolean usable =
            word.length() == 1
                && !Character.isSurrogate(word.charAt(0))
                && "\"\r\n".indexOf(word.charAt(0)) < 0;
        if (!usable) {
          throw new IllegalArgumentException(
              "separator: expected tab, comma, semicolon, pipe or one character, found '%s'"
                  .formatted(word));
        }
        yield word.charAt(0);
      }
    };
  }

  /**
   * The columns that a text names, such as {@code text=2,label=1} or {@code text=body,label=queue}.
   *
   * @throws IllegalArgumentException when it has another form
   */
  public static Map<ColumnRole, String> columns(String text) {
    Map<ColumnRole, String> columns = new EnumMap<>(ColumnRole.class);
    for (String part : text.split(",", -1)) {
      int at = part.indexOf('=');
      Optional<ColumnRole> role =
          at < 0 ? Optional.empty() : ColumnRole.of(part.substring(0, at).strip());
      if (role.isEmpty() || part.substring(at + 1).isBlank()) {
        throw new IllegalArgumentException(
            "columns: expected text=NAME,label=NAME,tenant=NAME,id=NAME or some of them, found '%s'"
                .formatted(part));
      }
      columns.put(role.get(), part.substring(at + 1).strip());
    }
    return columns;
  }
}
