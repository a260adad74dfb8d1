package dev.hyperflow.training.finetune;

import dev.hyperflow.training.report.Csv;
import java.util.Locale;

/**
 * All figures as comma-separated values: {@code measure,method,set,episode,value}. Accuracies are
 * fractions; a column that does not apply is empty.
 */
final class FineTuneCsv {

  private FineTuneCsv() {}

  static String of(Measurements measurements) {
    Csv csv = new Csv("measure", "method", "set", "episode", "value");
    for (Measurements.Entry entry : measurements.entries()) {
      line(csv, "accuracy", entry, "%.6f", entry.accuracy());
      line(csv, "seconds", entry, "%.6f", entry.seconds());
      line(csv, "operations", entry, "%.0f", entry.operations());
    }
    measurements
        .memory()
        .forEach(
            (method, reading) -> {
              csv.line("bytes_before", method, "", "", Long.toString(reading.before()));
              csv.line("bytes_peak", method, "", "", Long.toString(reading.peak()));
            });
    return csv.toString();
  }

  private static void line(
      Csv csv, String measure, Measurements.Entry entry, String format, double value) {
    csv.line(
        measure,
        entry.method(),
        entry.set(),
        Integer.toString(entry.episode()),
        String.format(Locale.ROOT, format, value));
  }
}
