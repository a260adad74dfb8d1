package dev.hyperflow.app.view;

import java.io.PrintStream;
import java.util.List;

/** A terminal: each table is drawn over the one before. */
public final class LiveScreen implements Screen {

  private static final String ERASE_TO_LINE_END = "\u001b[K";
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
    StringBuilder text = new StringBuilder();
    if (height > 0) {
      text.append("\u001b[").append(height).append("A\r");
    }
    lines.forEach(line -> text.append(line).append(ERASE_TO_LINE_END).append('\n'));
    text.append(ERASE_BELOW);
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
