package dev.hyperflow.app.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Formats single values, in English notation whatever the machine's language. */
public final class Cells {

  /** Stands where there is nothing to show. */
  public static final String UNKNOWN = "–";

  private static final double MILLIS_PER_SECOND = 1000;

  private Cells() {}

  /** Pads on the right, or cuts with an ellipsis, to so many code points. */
  public static String left(String text, int width) {
    return cut(text, width)
        + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }

  /** Cuts with an ellipsis to so many code points. */
  public static String cut(String text, int width) {
    return text.codePointCount(0, text.length()) > width
        ? text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…"
        : text;
  }

  /** Pads on the left to so many code points. */
  public static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length()))) + text;
  }

  /** A percentage with one decimal, or {@link #UNKNOWN}. */
  public static String percent(boolean known, double value) {
    return known ? format("%.1f %%", value) : UNKNOWN;
  }

  /** Milliseconds as seconds with two decimals, or {@link #UNKNOWN}. */
  public static String seconds(OptionalLong millis) {
    return millis.isPresent() ? format("%.2f s", millis.getAsLong() / MILLIS_PER_SECOND) : UNKNOWN;
  }

  /** Minutes and seconds, such as {@code 1:05}. */
  public static String clock(Duration time) {
    return format("%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  /** A rate with one decimal. */
  public static String rate(double perSecond) {
    return format("%.1f", perSecond);
  }

  /** A whole number with separators of thousands. */
  public static String count(long number) {
    return format("%,d", number);
  }

  /** A number of things, such as {@code 1 example} or {@code 2 examples}. */
  public static String count(long number, String thing) {
    return format("%,d %s%s", number, thing, number == 1 ? "" : "s");
  }

  /** A code such as {@code DEAD_LETTERS} as people read it. */
  public static String words(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Reason codes as people read them, in alphabetical order, with counts. */
  public static String reasons(Map<String, Integer> byReason) {
    return byReason.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> words(e.getKey()) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Breaks a text at spaces, and words that are too long, each line after the indent. */
  public static List<String> wrap(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    String tooLong = "(\\S{%d})(?=\\S)".formatted(width - indent.length() - 2);
    for (String word : text.replaceAll(tooLong, "$1 ").split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent).append("  ");
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** As {@link String#format}, in English notation. */
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
