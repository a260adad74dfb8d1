package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import java.util.Locale;

/**
 * All figures as comma-separated values, one a line: {@code
 * measure,method,set,setting,point,value,half_width,episodes}. A column that does not apply is
 * empty. Accuracies and differences are fractions, not per cent.
 */
final class CsvWriter {

  static final String HEADER = "measure,method,set,setting,point,value,half_width,episodes";

  private final StringBuilder out = new StringBuilder(HEADER).append('\n');

  private CsvWriter() {}

  static String of(Findings findings) {
    CsvWriter writer = new CsvWriter();
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
        }
      }
    }
    for (Cost cost : findings.costs()) {
      String batch = "batch " + cost.batch();
      writer.line("milliseconds", cost.method(), "", "", batch, exact(cost.millis()), "");
      if (cost.javaBytes().isPresent()) {
        Interval bytes = exact(cost.javaBytes().getAsDouble());
        writer.line("java_bytes", cost.method(), "", "", batch, bytes, "");
      }
    }
    return writer.out.toString();
  }

  private void figures(Results results, String set, Setting setting, String method) {
    Tally tally = results.tally(set, setting, method);
    String title = setting.title();
    String episodes = Integer.toString(tally.episodes());
    line("accuracy", method, set, title, "", tally.accuracy(), episodes);
    String peer = results.betterRegression(setting);
    line(
        "difference_to_regression",
        method,
        set,
        title,
        "",
        results.difference(set, setting, method, peer),
        episodes);
    results
        .calibrationError(set, setting, method)
        .ifPresent(
            error -> line("calibration_error", method, set, title, "", exact(error), episodes));
    TraceMean traces = tally.traces();
    for (int point = 0; point < traces.points(); point++) {
      String at = Integer.toString(point);
      line("support_loss", method, set, title, at, exact(traces.supportLoss(point)), episodes);
      line("drift_norm", method, set, title, at, exact(traces.driftNorm(point)), episodes);
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
    out.append(
        String.join(
            ",",
            measure,
            quoted(method),
            quoted(set),
            setting,
            point,
            number(value.mean()),
            number(value.halfWidth()),
            episodes));
    out.append('\n');
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "";
  }

  private static String quoted(String value) {
    return value.matches("[^,\"\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
