package dev.hyperflow.app.view;

/** Colours of the terminal, or none. Colours never change how many columns a text takes. */
public enum Palette {
  /** No colours: not a terminal, or the user asked for none. */
  PLAIN(false),
  /** ANSI colours of the terminal's own theme. */
  ANSI(true);

  private static final String RESET = "\u001b[0m";

  private final boolean colours;

  Palette(boolean colours) {
    this.colours = colours;
  }

  /**
   * The palette for an output.
   *
   * @param terminal whether a person looks at it
   * @param noColor value of the environment variable {@code NO_COLOR}, null when not set
   */
  public static Palette of(boolean terminal, String noColor) {
    return terminal && (noColor == null || noColor.isEmpty()) ? ANSI : PLAIN;
  }

  /** In bold. */
  public String strong(String text) {
    return paint("1", text);
  }

  /** Dimmed. */
  public String faint(String text) {
    return paint("2", text);
  }

  /** In green. */
  public String good(String text) {
    return paint("32", text);
  }

  /** In red. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** In cyan. */
  public String notable(String text) {
    return paint("36", text);
  }

  private String paint(String code, String text) {
    return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
