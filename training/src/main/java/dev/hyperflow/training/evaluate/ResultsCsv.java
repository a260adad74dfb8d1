package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Csv;
import dev.hyperflow.training.report.Interval;
import java.util.Locale;

/**
 * All figures, one a line: {@code measure,method,set,setting,point,value,half_width,episodes}. A
 * column that does not apply is empty. Accuracies and differences are fractions, not per cent.
 */
final class ResultsCsv {

  private final Csv csv =
      new Csv("measure", "method", "set", "setting", "point", "value", "half_width", "episodes");

  private ResultsCsv() {}

  static String of(Findings findings) {
    ResultsCsv writer = new ResultsCsv();
    Results results = findings.results();
    for (String set : results.sets()) {
      for (Setting setting : results.settings()) {
        for (String method : results.methods()) {
          writer.figures(results, set, setting, method);
        }
      }
    }
    OutOfScope scores = findings.outOfScope();
    if (!scores.isEmpty()) {
      for (String setting : scores.settings()) {
        for (String detector : scores.detectors()) {
          writer.line("auroc", detector, "", setting, "", scores.area(setting, detector), "");
          scores
              .calibrationError(setting, detector)
              .ifPresent(
                  error ->
                      writer.line(
                          "calibration_error", detector, "", setting, "", exact(error), ""));
        }
      }
      for (String detector : scores.detectors()) {
        writer.line("auroc_together", detector, "", "", "", exact(scores.pooledArea(detector)), "");
      }
    }
    findings.aims().ifPresent(aims -> aims.costs().forEach(writer::cost));
    return writer.csv.toString();
  }

  private void figures(Results results, String set, Setting setting, String method) {
    Tally tally = results.tally(set, setting, method);
    String title = setting.title();
    String episodes = Integer.toString(tally.episodes());
    line("accuracy", method, set, title, "", tally.accuracy(), episodes);
    Interval ahead = results.difference(set, setting, method, results.betterRegression(setting));
    line("difference_to_regression", method, set, title, "", ahead, episodes);
    results
        .calibrationError(set, setting, method)
        .ifPresent(
            error -> line("calibration_error", method, set, title, "", exact(error), episodes));
  }

  private void cost(CostMeter.Cost cost) {
    String batch = "batch " + cost.batch();
    line("milliseconds", cost.method(), "", "", batch, exact(cost.millis()), "");
    if (cost.javaBytes().isPresent()) {
      Interval bytes = exact(cost.javaBytes().getAsDouble());
      line("java_bytes", cost.method(), "", "", batch, bytes, "");
    }
  }

  private static Interval exact(double value) {
    return new Interval(value, Double.NaN);
  }

  private void line(
      String measure,
      String method,
      String set,
      String setting,
      String point,
      Interval value,
      String episodes) {
    csv.line(
        measure,
        method,
        set,
        setting,
        point,
        number(value.mean()),
        number(value.halfWidth()),
        episodes);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "";
  }
}
