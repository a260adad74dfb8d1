package dev.hyperflow.app.cli;

import dev.hyperflow.app.view.Palette;

/** What Java itself cannot tell of its output. */
public final class Colours {
  /** Set by the launcher. */
  private static final String TERMINAL = "hyperflow.terminal";

  private Colours() {}

  /** Whether a person looks at the output. */
  public static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }

  /** The palette of the output. */
  static Palette ofOutput() {
    return Palette.of(isTerminal(), System.getenv("NO_COLOR"));
  }
}
