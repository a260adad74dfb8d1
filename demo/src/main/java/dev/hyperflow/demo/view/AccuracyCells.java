package dev.hyperflow.demo.view;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.ledger.Accuracy;

/** Formats accuracies before and after adaptation. */
final class AccuracyCells {

  static final int BAR_WIDTH = 14;

  private static final char FULL = '█';
  private static final char GAINED = '▓';
  private static final char EMPTY = '·';

  private AccuracyCells() {}

  static String gain(Accuracy accuracy) {
    return accuracy.isKnown() ? Cells.format("%+.1f", accuracy.gainPoints()) : Cells.UNKNOWN;
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
}
