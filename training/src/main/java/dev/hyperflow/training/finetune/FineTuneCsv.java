package dev.hyperflow.training.finetune;

import java.util.Locale;

/**
 * All figures as comma-separated values: {@code measure,method,set,episode,value}. Accuracies are
 * fractions; a column that does not apply is empty.
 */
final class FineTuneCsv {

  private static final String HEADER = "measure,method,set,episode,value\n";

  private FineTuneCsv() {}

  static String of(Measurements measurements) {
    StringBuilder out = new StringBuilder(HEADER);
    for (Measurements.Entry entry : measurements.entries()) {
      line(out, "accuracy", entry, "%.6f", entry.accuracy());
      line(out, "seconds", entry, "%.6f", entry.seconds());
      line(out, "operations", entry, "%.0f", entry.operations());
    }
    measurements
        .memory()
        .forEach(
            (method, reading) ->
                out.append("bytes_before,%s,,,%d%n".formatted(method, reading.before()))
                    .append("bytes_peak,%s,,,%d%n".formatted(method, reading.peak())));
    return out.toString();
  }

  private static void line(
      StringBuilder out, String measure, Measurements.Entry entry, String format, double value) {
    out.append(measure)
        .append(',')
        .append(quoted(entry.method()))
        .append(',')
        .append(quoted(entry.set()))
        .append(',')
        .append(entry.episode())
        .append(',')
        .append(String.format(Locale.ROOT, format, value))
        .append('\n');
  }

  private static String quoted(String value) {
    return value.matches("[^,\"\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
