package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.training.report.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Writes {@code report.md} and {@code loss.png}: how a run went, for people. */
final class TrainingReport {

  private static final String CURVE = "loss.png";
  private static final int WIDTH = 900;
  private static final int HEIGHT = 450;
  private static final int PERCENT = 100;

  private TrainingReport() {}

  /**
   * Writes both files.
   *
   * @param directory created if missing
   * @param manifest of the bundle that came out
   */
  static void write(Path directory, Manifest manifest, TrainingState state) throws IOException {
    Files.createDirectories(directory);
    byte[] curve = plot(state.curve());
    Manifest.Training training = manifest.provenance().training();
    Document report = new Document("Training of " + manifest.name());
    report.paragraph("`" + training.command() + "`");
    report.table(List.of("", ""), facts(manifest, state));
    report.figure(CURVE, curve, "Loss by step");
    report.heading("Looks at held-out labels");
    report.table(
        List.of("step", "objective", "training loss", "loss", "accuracy", "prototypes"),
        state.curve().stream().map(TrainingReport::row).toList());
    report.heading("Data");
    report.table(
        List.of("set", "SHA-256 of labels and texts"),
        training.dataSha256().entrySet().stream()
            .map(set -> List.of(set.getKey(), set.getValue()))
            .toList());
    Files.write(directory.resolve(CURVE), curve);
    Files.writeString(directory.resolve("report.md"), report.markdownPage());
  }

  private static List<List<String>> facts(Manifest manifest, TrainingState state) {
    Manifest.Provenance origin = manifest.provenance();
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("objective", origin.objective()));
    facts.add(List.of("seed", Long.toString(origin.seed())));
    facts.add(List.of("seconds, features included", text("%.0f", origin.seconds())));
    facts.add(List.of("steps taken", text("%,d", state.learner().step())));
    facts.add(List.of("best after step", text("%,d", state.bestStep())));
    facts.add(List.of("examples and queries seen", text("%,d", origin.training().examples())));
    facts.add(List.of("peak memory, MiB", text("%,d", origin.training().peakMemoryBytes() >> 20)));
    facts.add(List.of("temperature", text("%.4f", manifest.calibration().temperature())));
    origin.evaluation().forEach((name, value) -> facts.add(List.of(name, text("%.4f", value))));
    return facts;
  }

  private static List<String> row(CurvePoint point) {
    return List.of(
        Integer.toString(point.step()),
        point.objective().toString(),
        text("%.4f", point.trainingLoss()),
        text("%.4f", point.score().loss()),
        text("%.2f %%", PERCENT * point.score().accuracy()),
        text("%.2f %%", PERCENT * point.score().prototypes()));
  }

  private static String text(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static byte[] plot(List<CurvePoint> curve) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Loss by step")
            .xAxisTitle("step")
            .yAxisTitle("loss")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    List<Integer> steps = new ArrayList<>();
    List<Double> heldOut = new ArrayList<>();
    List<Integer> trainingSteps = new ArrayList<>();
    List<Double> training = new ArrayList<>();
    for (CurvePoint point : curve) {
      steps.add(point.step());
      heldOut.add(point.score().loss());
      if (Double.isFinite(point.trainingLoss())) {
        trainingSteps.add(point.step());
        training.add(point.trainingLoss());
      }
    }
    chart.addSeries("held-out labels", steps, heldOut).setMarker(SeriesMarkers.CIRCLE);
    if (!training.isEmpty()) {
      chart.addSeries("training", trainingSteps, training).setMarker(SeriesMarkers.NONE);
    }
    return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
  }
}
