package dev.hyperflow.training.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One line about how far a long run is: rewritten on a terminal, else printed now and then. */
public final class Progress {

  private static final long ON_TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long ELSEWHERE_NANOS = Duration.ofSeconds(15).toNanos();
  private static final int WIDTH = 96;
  private static final int PERCENT = 100;

  /** Before this share of the work nobody can tell how long the rest takes. */
  private static final double TOO_EARLY = 0.01;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private long shown;

  /**
   * A progress line.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.shown = start - ELSEWHERE_NANOS;
  }

  /**
   * Says where the run is, unless it said so a moment ago.
   *
   * @param done share of the work of the stage, 0 to 1
   * @param stageNanos when the stage began
   */
  public void show(String what, double done, long stageNanos) {
    long now = nanoTime.getAsLong();
    if (now - shown < (terminal ? ON_TERMINAL_NANOS : ELSEWHERE_NANOS)) {
      return;
    }
    shown = now;
    String left =
        done > TOO_EARLY
            ? ", " + human((long) ((now - stageNanos) * (1 - done) / done)) + " left"
            : "";
    print("%s: %d %%%s".formatted(what, (int) (PERCENT * done), left));
  }

  /** Says something that stays on the screen. */
  public void note(String line) {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
    }
    out.println(line);
  }

  public long now() {
    return nanoTime.getAsLong();
  }

  /** Time since the beginning. */
  public Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  private void print(String line) {
    if (terminal) {
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH) : line;
      out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** A duration as people say it. */
  public static String human(long nanos) {
    long seconds = Math.max(0, Duration.ofNanos(nanos).toSeconds());
    if (seconds < 100) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 100 ? minutes + " min" : "%.1f h".formatted(minutes / 60.0);
  }
}
