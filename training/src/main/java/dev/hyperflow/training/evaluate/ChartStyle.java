package dev.hyperflow.training.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts share: size, fonts, colours that stay apart for colour-blind eyes. */
final class ChartStyle {

  static final int WIDTH = 1100;
  static final int HEIGHT = 560;

  private static final String FAMILY = Font.SANS_SERIF;
  private static final Color INK = new Color(0x1d, 0x21, 0x25);
  private static final Color GRID = new Color(0xe3, 0xe6, 0xe9);
  private static final float LINE = 2.2f;

  /** After Okabe and Ito. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x00, 0x72, 0xb2),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0x56, 0xb4, 0xe9),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x7a, 0x7f, 0x85),
          new Color(0x3b, 0x2f, 0x8f));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN);

  private ChartStyle() {}

  static Color colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  static Marker marker(int series) {
    return MARKERS.get(series % MARKERS.size());
  }

  static BasicStroke line() {
    return new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashes() {
    return new BasicStroke(
        1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0);
  }

  static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartFontColor(INK);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    styler.setLegendFont(new Font(FAMILY, Font.PLAIN, 14));
    styler.setAxisTitleFont(new Font(FAMILY, Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(new Font(FAMILY, Font.PLAIN, 14));
    styler.setMarkerSize(9);
    styler.setAntiAlias(true);
  }

  static byte[] png(Chart<?, ?> chart) {
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart cannot be drawn: " + e, e);
    }
  }
}
