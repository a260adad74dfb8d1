package dev.hyperflow.demo.view;

import java.io.PrintStream;
import java.util.List;

/**
 * A terminal: each table is drawn over the one before. What does not fit its width is cut, as a
 * line that wrapped would take two rows and the next table would miss its place.
 */
public final class LiveScreen implements Screen {

  private static final String ERASE_TO_LINE_END = "\u001b[K";
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private int height;

  /** A screen on this stream, which stays the caller's. */
  public LiveScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(List<String> lines) {
    // One write per table, or a slow terminal shows halves.
    StringBuilder text = new StringBuilder(NO_WRAP);
    if (height > 0) {
      text.append("\u001b[").append(height).append("A\r");
    }
    // Erased afterwards: of a line that was cut, this also takes the odd character at the margin.
    lines.forEach(line -> text.append(line).append(ERASE_TO_LINE_END).append('\n'));
    text.append(ERASE_BELOW).append(WRAP);
    out.print(text);
    out.flush();
    height = lines.size();
  }

  @Override
  public void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
    height = 0;
  }
}
