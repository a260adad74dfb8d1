package dev.hyperflow.training.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Accuracy against the number of labels that have arrived, one panel for each set, as SVG. Its
 * colours follow the light or dark scheme of the reader.
 */
final class CurveChart {

  private static final int COLUMNS = 4;
  private static final int WIDTH = 270;
  private static final int HEIGHT = 190;
  private static final int LEFT = 34;
  private static final int TOP = 28;
  private static final int PLOT_WIDTH = 222;
  private static final int PLOT_HEIGHT = 128;
  private static final int LEGEND_ROW = 20;
  private static final int GRID = 4;

  /** After Okabe and Ito, each in a shade for light and one for dark paper. */
  private static final List<String> LIGHT =
      List.of("#c44f00", "#0072b2", "#007a59", "#b0568a", "#8a6d00", "#3b2f8f", "#6a7077");

  private static final List<String> DARK =
      List.of("#ff8a3d", "#56b4e9", "#2cc295", "#e79bc8", "#f0c94a", "#a99bff", "#a5adb5");

  private CurveChart() {}

  static String file(Arrangement arrangement) {
    return "curve-" + arrangement.title() + ".svg";
  }

  static String svg(StreamResults results, Arrangement arrangement) {
    List<String> methods = methods(results, arrangement);
    List<String> sets = results.sets(arrangement);
    int columns = Math.min(COLUMNS, sets.size());
    int rows = (sets.size() + columns - 1) / columns;
    int legend = (methods.size() + columns - 1) / columns;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"
        aria-label="Accuracy against the number of labels that have arrived">
        <style>%s</style>
        <rect class="paper" width="100%%" height="100%%"/>
        """
            .formatted(columns * WIDTH, rows * HEIGHT + legend * LEGEND_ROW + 12, style()));
    for (int i = 0; i < sets.size(); i++) {
      svg.append(
          "<g transform=\"translate(%d,%d)\">%n"
              .formatted(i % columns * WIDTH, i / columns * HEIGHT));
      panel(svg, results, arrangement, sets.get(i), methods);
      svg.append("</g>\n");
    }
    for (int m = 0; m < methods.size(); m++) {
      int x = m % columns * WIDTH + LEFT;
      int y = rows * HEIGHT + m / columns * LEGEND_ROW + 8;
      svg.append(
          "<path class=\"c%d\" d=\"M%d %dh18\"/><text x=\"%d\" y=\"%d\">%s</text>%n"
              .formatted(m, x, y, x + 24, y + 4, escaped(methods.get(m))));
    }
    return svg.append("</svg>\n").toString();
  }

  /** Bundles, classical methods, and the best of the methods of other programs. */
  private static List<String> methods(StreamResults results, Arrangement arrangement) {
    List<String> methods = new ArrayList<>(results.bundles());
    methods.addAll(results.peers());
    results.guests().stream()
        .max(
            Comparator.comparingDouble(
                guest ->
                    results
                        .mean(arrangement, played -> played.tracks().get(guest).accuracy())
                        .mean()))
        .ifPresent(methods::add);
    return methods;
  }

  private static String style() {
    StringBuilder style =
        new StringBuilder(
            "text{font:12px system-ui,sans-serif;fill:#24292f}.soft{fill:#5b646d;font-size:11px}"
                + ".paper{fill:#fff}.grid{stroke:#dcdfe2}path{fill:none;stroke-width:1.8}");
    colours(style, LIGHT);
    style.append(
        "@media(prefers-color-scheme:dark){text{fill:#e6e9ec}.soft{fill:#9aa4ad}"
            + ".paper{fill:#14181c}.grid{stroke:#31373c}");
    colours(style, DARK);
    return style.append('}').toString();
  }

  private static void colours(StringBuilder style, List<String> colours) {
    for (int i = 0; i < 2 * colours.size(); i++) {
      style.append(
          ".c%d{stroke:%s%s}"
              .formatted(
                  i,
                  colours.get(i % colours.size()),
                  i < colours.size() ? "" : ";stroke-dasharray:5 3"));
    }
  }

  private static void panel(
      StringBuilder svg,
      StreamResults results,
      Arrangement arrangement,
      String set,
      List<String> methods) {
    svg.append("<text x=\"%d\" y=\"18\">%s</text>%n".formatted(LEFT, escaped(set)));
    for (int line = 0; line <= GRID; line++) {
      int y = TOP + PLOT_HEIGHT - PLOT_HEIGHT * line / GRID;
      svg.append(
          "<path class=\"grid\" d=\"M%d %dh%d\"/><text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>%n"
              .formatted(LEFT, y, PLOT_WIDTH, LEFT - 5, y + 4, 100 * line / GRID));
    }
    List<Played> streams = results.streams(arrangement, set);
    int most =
        (int)
            streams.stream()
                .mapToInt(played -> Arrays.stream(played.stream().received()).max().orElse(0))
                .average()
                .orElse(0);
    svg.append(
        "<text class=\"soft\" x=\"%d\" y=\"%d\">0</text><text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%d labels</text>%n"
            .formatted(
                LEFT, TOP + PLOT_HEIGHT + 16, LEFT + PLOT_WIDTH, TOP + PLOT_HEIGHT + 16, most));
    for (int m = methods.size() - 1; m >= 0; m--) {
      String method = methods.get(m);
      List<double[]> curves =
          streams.stream().map(played -> played.tracks().get(method).curve()).toList();
      svg.append("<path class=\"c%d\" d=\"%s\"/>%n".formatted(m, line(curves)));
    }
  }

  /** The mean of the curves, without points that none of them has. */
  private static String line(List<double[]> curves) {
    StringBuilder line = new StringBuilder();
    for (int point = 0; point < Track.POINTS; point++) {
      int at = point;
      double mean =
          curves.stream()
              .mapToDouble(curve -> curve[at])
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
      if (!Double.isNaN(mean)) {
        line.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                line.length() == 0 ? "M" : "L",
                LEFT + PLOT_WIDTH * (point + 0.5) / Track.POINTS,
                TOP + PLOT_HEIGHT * (1 - mean)));
      }
    }
    return line.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
