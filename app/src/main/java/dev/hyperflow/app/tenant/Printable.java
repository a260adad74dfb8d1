package dev.hyperflow.app.tenant;

/** Text from elsewhere, made fit for a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * The text on one line: characters that a terminal obeys, or that turn its direction, are escaped
   * as in JSON.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isObeyed(c)) {
                for (char unit : Character.toChars(c)) {
                  shown.append("\\u%04x".formatted((int) unit));
                }
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
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
