package dev.hyperflow.training.stream;

import dev.hyperflow.training.report.Csv;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * All figures, one a line: {@code measure,method,stream,order,point,value}. A point of a curve is
 * the number of labels that had arrived, at most.
 */
final class StreamsCsv {

  private final Csv csv = new Csv("measure", "method", "stream", "order", "point", "value");

  private StreamsCsv() {}

  static String of(StreamResults results) {
    StreamsCsv writer = new StreamsCsv();
    for (Played played : results.played()) {
      played.tracks().forEach((method, track) -> writer.add(played.stream(), method, track));
    }
    return writer.csv.toString();
  }

  private void add(LabelStream stream, String method, Track track) {
    line("accuracy", method, stream, "", OptionalDouble.of(track.accuracy()));
    line("accuracy_last_third", method, stream, "", OptionalDouble.of(track.accuracyOfLastThird()));
    line("log_loss", method, stream, "", track.logLoss());
    line("calibration_error", method, stream, "", track.calibrationError());
    line("milliseconds", method, stream, "", track.millis());
    line("refused", method, stream, "", OptionalDouble.of(track.refused()));
    double[] curve = track.curve();
    int[] received = stream.received();
    for (int point = 0; point < curve.length; point++) {
      if (!Double.isNaN(curve[point])) {
        int labels = (received[received.length - 1] + 1) * (point + 1) / curve.length;
        line(
            "accuracy_after_labels",
            method,
            stream,
            Integer.toString(labels),
            OptionalDouble.of(curve[point]));
      }
    }
  }

  private void line(
      String measure, String method, LabelStream stream, String point, OptionalDouble value) {
    value.ifPresent(
        figure ->
            csv.line(
                measure,
                method,
                stream.name(),
                stream.order(),
                point,
                String.format(Locale.ROOT, "%.6f", figure)));
  }
}
