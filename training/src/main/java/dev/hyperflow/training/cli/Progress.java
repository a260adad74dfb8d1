package dev.hyperflow.training.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * A line that says how far a long run is. A terminal rewrites it; elsewhere a line is printed now
 * and then. For use by one thread.
 */
public final class Progress {

  private static final long ON_TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long ELSEWHERE_NANOS = Duration.ofSeconds(15).toNanos();
  private static final String ERASE = "\r\u001b[K";

  /** A longer line would wrap, and a terminal could not rewrite it. */
  private static final int MAX_WIDTH = 96;

  private static final int PERCENT = 100;

  /** Before this share of the work nobody can tell how long the rest takes. */
  private static final double TOO_EARLY = 0.01;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private long shown;
  private boolean open;

  /**
   * A progress line.
   *
   * @param terminal whether the line may be rewritten
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.shown = start - ELSEWHERE_NANOS;
  }

  /** Shows a text, unless another was shown a moment ago. */
  public void update(String text) {
    long now = nanoTime.getAsLong();
    if (now - shown < (terminal ? ON_TERMINAL_NANOS : ELSEWHERE_NANOS)) {
      return;
    }
    shown = now;
    if (terminal) {
      out.print(ERASE + text.substring(0, Math.min(MAX_WIDTH, text.length())));
      open = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  /**
   * Shows how far a stage is, and how long the rest of it may take.
   *
   * @param done share of the work of the stage, 0 to 1
   * @param stageNanos when the stage began, as {@link #now()}
   */
  public void show(String what, double done, long stageNanos) {
    String left =
        done > TOO_EARLY
            ? ", " + human((long) ((now() - stageNanos) * (1 - done) / done)) + " left"
            : "";
    update("%s: %d %%%s".formatted(what, (int) (PERCENT * done), left));
  }

  /** Begins a stage. The result takes the share of its work that is done. */
  public DoubleConsumer stage(String what) {
    long begun = now();
    return done -> show(what, done, begun);
  }

  /** Prints a line that stays. */
  public void note(String line) {
    if (open) {
      out.print(ERASE);
      open = false;
    }
    out.println(line);
    out.flush();
  }

  /** Nanoseconds on this line's clock. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /** Time since the line was made. */
  public Duration elapsed() {
    return Duration.ofNanos(now() - start);
  }

  /** A duration as people say it: {@code 42 s}, {@code 10 min}, {@code 3.0 h}. */
  public static String human(long nanos) {
    long seconds = Math.max(0, Duration.ofNanos(nanos).toSeconds());
    if (seconds < 100) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 100 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", minutes / 60.0);
  }
}
