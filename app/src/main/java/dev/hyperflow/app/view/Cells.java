package dev.hyperflow.app.view;

import dev.hyperflow.app.ledger.Accuracy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Formats single values, in English notation whatever the machine's language. */
final class Cells {

  static final String UNKNOWN = "–";
  static final int BAR_WIDTH = 14;

  private static final char FULL = '█';
  private static final char GAINED = '▓';
  private static final char EMPTY = '·';
  private static final double MILLIS_PER_SECOND = 1000;

  private Cells() {}

  static String left(String text, int width) {
    if (text.codePointCount(0, text.length()) > width) {
      return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }
    return text + " ".repeat(width - text.codePointCount(0, text.length()));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length()))) + text;
  }

  static String percent(boolean known, double value) {
    return known ? format("%.1f %%", value) : UNKNOWN;
  }

  static String gain(Accuracy accuracy) {
    return accuracy.isKnown() ? format("%+.1f", accuracy.gainPoints()) : UNKNOWN;
  }

  static String seconds(OptionalLong millis) {
    return millis.isPresent() ? format("%.2f s", millis.getAsLong() / MILLIS_PER_SECOND) : UNKNOWN;
  }

  static String clock(Duration time) {
    return format("%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  static String rate(double perSecond) {
    return format("%.1f", perSecond);
  }

  static String count(long number) {
    return format("%,d", number);
  }

  /** Reason codes as people read them, in alphabetical order, with counts. */
  static String reasons(Map<String, Integer> byReason) {
    return byReason.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Breaks a text at spaces, each line after the indent and within the width. */
  static List<String> wrap(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ", -1)) {
      if (line.length() > indent.length() && line.length() + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent).append("  ");
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** A bar of the accuracy: solid up to what the unadapted head reached, then what was gained. */
  static String bar(Accuracy accuracy, Palette palette) {
    if (!accuracy.isKnown()) {
      return palette.faint(String.valueOf(EMPTY).repeat(BAR_WIDTH));
    }
    int after = cells(accuracy.afterPercent());
    int solid = Math.min(cells(accuracy.beforePercent()), after);
    return palette.faint(String.valueOf(FULL).repeat(solid))
        + palette.good(String.valueOf(GAINED).repeat(after - solid))
        + palette.faint(String.valueOf(EMPTY).repeat(BAR_WIDTH - after));
  }

  static String gainColoured(String padded, Accuracy accuracy, Palette palette) {
    if (!accuracy.isKnown() || Math.round(accuracy.gainPoints() * 10) == 0) {
      return padded;
    }
    return accuracy.gainPoints() > 0 ? palette.good(padded) : palette.bad(padded);
  }

  private static int cells(double percent) {
    return (int) Math.round(percent * BAR_WIDTH / 100);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
