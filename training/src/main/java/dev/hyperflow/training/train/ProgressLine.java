package dev.hyperflow.training.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells how far something is: one line that is written over on a terminal, a line every few seconds
 * elsewhere. For use by one thread.
 */
final class ProgressLine {

  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long FILE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long shownAt;
  private boolean open;

  /**
   * A line that has not been shown yet.
   *
   * @param terminal whether the line may be written over
   * @param nanoTime a clock, as {@link System#nanoTime()}
   */
  ProgressLine(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.shownAt = nanoTime.getAsLong() - FILE_NANOS;
  }

  /** Shows a text, unless another was shown a moment ago. */
  void update(String text) {
    long now = nanoTime.getAsLong();
    if (now - shownAt < (terminal ? TERMINAL_NANOS : FILE_NANOS)) {
      return;
    }
    shownAt = now;
    if (terminal) {
      out.print(ERASE + text);
      open = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /** Prints a line that stays. */
  void say(String text) {
    if (open) {
      out.print(ERASE);
      open = false;
    }
    out.println(text);
    out.flush();
  }

  /** Minutes and seconds. */
  static String time(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
