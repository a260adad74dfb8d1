package dev.hyperflow.app.tenant;

import java.util.stream.Collectors;

/** Text from elsewhere, made fit for a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * The text on one line: characters that a terminal obeys, or that turn its direction, are escaped
   * as in JSON.
   */
  public static String of(String text) {
    return text.codePoints()
        .mapToObj(c -> isObeyed(c) ? escaped(c) : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.toString(c)
              .chars()
              .mapToObj("\\u%04x"::formatted)
              .collect(Collectors.joining());
    };
  }

  private static boolean isObeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
