package dev.hyperflow.app.cli;

import dev.hyperflow.app.view.Palette;

/** What Java itself cannot tell of its output. */
public final class Colours {
  // The launcher sets both.
  private static final String TERMINAL = "hyperflow.terminal";
  private static final String COLUMNS = "hyperflow.columns";

  private static final int USUAL_COLUMNS = 80;

  private Colours() {}

  /** Whether a person looks at the output. */
  public static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }

  /** How wide the terminal is, or else terminals usually are. */
  static int columns() {
    int columns = Integer.getInteger(COLUMNS, 0);
    return columns > 0 ? columns : USUAL_COLUMNS;
  }

  /** The palette of the output. */
  static Palette ofOutput() {
    return Palette.of(isTerminal(), System.getenv("NO_COLOR"));
  }
}
