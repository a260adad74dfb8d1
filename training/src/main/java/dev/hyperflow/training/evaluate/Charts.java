package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of a report, as PNG by file name. */
final class Charts {

  static final String ACCURACY = "accuracy.png";
  static final String GAIN = "gain.png";
  static final String DIFFERENCE = "difference.png";
  static final String RELIABILITY = "reliability.png";
  static final String STEPS = "steps.png";
  static final String LOSS = "support-loss.png";

  private static final double PERCENT = 100;

  private final Findings findings;
  private final Results results;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private Charts(Findings findings) {
    this.findings = findings;
    this.results = findings.results();
  }

  static Map<String, byte[]> of(Findings findings) {
    Charts charts = new Charts(findings);
    charts.accuracyBySetting();
    charts.gainBySetting();
    charts.differenceBySet();
    charts.reliability();
    charts.accuracyOverSteps();
    charts.lossOverSteps();
    return charts.files;
  }

  private List<String> bundles() {
    return findings.run().bundles().stream().map(Run.BundleNote::name).toList();
  }

  /** Bundles first, so that they have the same colours everywhere. */
  private List<String> contenders() {
    List<String> contenders = new ArrayList<>(bundles());
    results.methods().stream().filter(ReportPage::isMainPeer).forEach(contenders::add);
    return contenders;
  }

  /** Lines only: intervals of so many methods would hide each other. */
  private void accuracyBySetting() {
    CategoryChart chart = categories("accuracy, %");
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true);
    for (String method : contenders()) {
      List<Interval> means =
          results.settings().stream()
              .map(setting -> new Interval(results.meanAccuracy(setting, method).mean(), 0))
              .toList();
      add(chart, method, titles(), means).setLineStyle(ChartStyle.line());
    }
    files.put(ACCURACY, ChartStyle.png(chart));
  }

  private void gainBySetting() {
    CategoryChart chart = categories("points above the prototype head");
    for (String method : contenders()) {
      if (!method.equals(Peer.PROTOTYPES) && !method.equals(Peer.NEAREST_NEIGHBOUR)) {
        add(
            chart,
            method,
            titles(),
            results.settings().stream()
                .map(setting -> results.difference(setting, method, Peer.PROTOTYPES))
                .toList());
      }
    }
    files.put(GAIN, ChartStyle.png(chart));
  }

  private List<String> titles() {
    return results.settings().stream().map(Setting::title).toList();
  }

  private static CategorySeries add(
      CategoryChart chart, String name, List<String> titles, List<Interval> values) {
    int series = chart.getSeriesMap().size();
    CategorySeries added =
        chart.addSeries(
            name,
            titles,
            values.stream().map(v -> PERCENT * v.mean()).toList(),
            values.stream().map(v -> PERCENT * v.halfWidth()).toList());
    added.setMarker(ChartStyle.marker(series)).setMarkerColor(ChartStyle.colour(series));
    added.setLineColor(ChartStyle.colour(series));
    return added;
  }

  private static CategoryChart categories(String y) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(ChartStyle.HEIGHT)
            .yAxisTitle(y)
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter);
    chart.getStyler().setOverlapped(false);
    return chart;
  }

  /** One picture: a series for each setting, of the first bundle. */
  private void differenceBySet() {
    String bundle = bundles().get(0);
    CategoryChart chart = categories("points above the better logistic regression");
    chart.getStyler().setXAxisLabelRotation(results.sets().size() > 8 ? 30 : 0);
    for (Setting setting : results.settings()) {
      String peer = results.betterRegression(setting);
      add(
          chart,
          setting.title(),
          results.sets(),
          results.sets().stream()
              .map(set -> results.difference(set, setting, bundle, peer))
              .toList());
    }
    files.put(DIFFERENCE, ChartStyle.png(chart));
  }

  private void reliability() {
    XYChart chart = lines("confidence", "share of right answers");
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    List<String> methods = new ArrayList<>(bundles());
    methods.add(Peer.LR_1);
    methods.add(Peer.LR_10);
    for (String method : methods) {
      List<Reliability.Bin> bins = results.reliability(method).bins();
      add(
          chart,
          method,
          bins.stream().map(Reliability.Bin::confidence).toList(),
          bins.stream().map(Reliability.Bin::accuracy).toList());
    }
    XYSeries ideal = chart.addSeries("perfect", new double[] {0, 1}, new double[] {0, 1});
    ideal.setMarker(SeriesMarkers.NONE);
    ideal.setLineColor(ChartStyle.colour(6)).setLineStyle(ChartStyle.dashes());
    files.put(RELIABILITY, ChartStyle.png(chart));
  }

  private void accuracyOverSteps() {
    XYChart chart = lines("steps of the bundle's own length", "points above the prototype head");
    chart.getStyler().setXAxisLogarithmic(true);
    String bundle = bundles().get(0);
    for (Setting setting : results.settings()) {
      List<Double> steps = new ArrayList<>();
      List<Double> gains = new ArrayList<>();
      for (int grid : Candidate.GRIDS) {
        String method = Candidate.name(bundle, grid);
        if (results.methods().contains(method)) {
          steps.add((double) grid);
          gains.add(PERCENT * results.difference(setting, method, Peer.PROTOTYPES).mean());
        }
      }
      if (!steps.isEmpty()) {
        add(chart, setting.title(), steps, gains);
      }
    }
    if (!chart.getSeriesMap().isEmpty()) {
      files.put(STEPS, ChartStyle.png(chart));
    }
  }

  private void lossOverSteps() {
    XYChart chart = lines("flow time, share of the horizon", "mean support loss, nats");
    String bundle = bundles().get(0);
    int finest = Candidate.GRIDS.get(Candidate.GRIDS.size() - 1);
    String fine = Candidate.name(bundle, finest);
    String method = results.methods().contains(fine) ? fine : bundle;
    for (Setting setting : results.settings()) {
      List<Double> times = new ArrayList<>();
      List<Double> losses = new ArrayList<>();
      int points = results.tally(results.sets().get(0), setting, method).traces().points();
      for (int point = 0; point < points; point++) {
        int at = point;
        times.add((double) point / (points - 1));
        losses.add(
            results.sets().stream()
                .mapToDouble(set -> results.tally(set, setting, method).traces().supportLoss(at))
                .average()
                .orElseThrow());
      }
      add(chart, setting.title(), times, losses).setMarker(SeriesMarkers.NONE);
    }
    files.put(LOSS, ChartStyle.png(chart));
  }

  private static XYChart lines(String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(ChartStyle.HEIGHT)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setXAxisDecimalPattern("0.##");
    return chart;
  }

  private static XYSeries add(XYChart chart, String name, List<Double> x, List<Double> y) {
    int series = chart.getSeriesMap().size();
    XYSeries added = chart.addSeries(name, x, y);
    added.setMarker(ChartStyle.marker(series)).setMarkerColor(ChartStyle.colour(series));
    added.setLineColor(ChartStyle.colour(series)).setLineStyle(ChartStyle.line());
    return added;
  }
}
