package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The picture of a report: what each method gains over no adaptation, with intervals. */
final class GainChart {

  static final String FILE = "gain.png";

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 560;
  private static final double PERCENT = 100;

  /** After Okabe and Ito: they stay apart for colour-blind eyes. */
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

  private GainChart() {}

  static byte[] png(Findings findings) {
    Results results = findings.results();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .yAxisTitle("points above no adaptation")
            .build();
    style(chart.getStyler());
    List<String> methods =
        new ArrayList<>(findings.run().bundles().stream().map(RunNotes.BundleNote::name).toList());
    results.methods().stream()
        .filter(Peer::isMain)
        .filter(method -> !method.equals(Peer.PROTOTYPES))
        .filter(method -> !method.equals(Peer.NEAREST_NEIGHBOUR))
        .forEach(methods::add);
    for (int i = 0; i < methods.size(); i++) {
      String method = methods.get(i);
      List<Interval> gains =
          results.settings().stream()
              .map(setting -> results.difference(setting, method, Peer.PROTOTYPES))
              .toList();
      chart
          .addSeries(
              method,
              results.settings().stream().map(Setting::title).toList(),
              gains.stream().map(gain -> PERCENT * gain.mean()).toList(),
              gains.stream().map(gain -> PERCENT * gain.halfWidth()).toList())
          .setMarkerColor(COLOURS.get(i % COLOURS.size()))
          .setLineColor(COLOURS.get(i % COLOURS.size()));
    }
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException("a chart cannot be drawn: " + e, e);
    }
  }

  private static void style(CategoryStyler styler) {
    styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setMarkerSize(9);
  }
}
