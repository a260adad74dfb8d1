package dev.hyperflow.demo.view;

import dev.hyperflow.app.view.Cells;
import dev.hyperflow.app.view.Palette;

/** Formats what adaptation gains. */
final class AccuracyCells {

  private AccuracyCells() {}

  /**
   * A gain in points, padded on the left and coloured.
   *
   * @param known whether there is one
   */
  static String gain(boolean known, double points, int width, Palette palette) {
    String padded = Cells.right(known ? Cells.format("%+.1f", points) : Cells.UNKNOWN, width);
    if (!known || Math.round(points * 10) == 0) {
      return padded;
    }
    return points > 0 ? palette.good(padded) : palette.bad(padded);
  }
}
