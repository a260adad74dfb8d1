package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private TrainingReport() {}

  /**
   * Writes both files.
   *
   * @param directory created if missing
   * @param manifest of the bundle that came out
   */
  static void write(Path directory, Manifest manifest, TrainingState state) throws IOException {
    Files.createDirectories(directory);
    plot(directory.resolve(CURVE), state.curve());
    Files.writeString(
        directory.resolve("report.md"), text(manifest, state), StandardCharsets.UTF_8);
  }

  private static String text(Manifest manifest, TrainingState state) {
    Manifest.Provenance origin = manifest.provenance();
    StringBuilder text = new StringBuilder(1024);
    text.append("# Training of ").append(manifest.name()).append("\n\n");
    text.append("```\n").append(origin.training().command()).append("\n```\n\n");
    row(text, "", "");
    row(text, "---", "---");
    row(text, "objective", origin.objective());
    row(text, "seed", Long.toString(origin.seed()));
    row(text, "seconds, features included", "%.0f", origin.seconds());
    row(text, "steps taken", "%,d", state.learner().step());
    row(text, "best after step", "%,d", state.bestStep());
    row(text, "examples and queries seen", "%,d", origin.training().examples());
    row(text, "peak memory, MiB", "%,d", origin.training().peakMemoryBytes() >> 20);
    row(text, "temperature", "%.4f", manifest.calibration().temperature());
    for (Map.Entry<String, Double> figure : origin.evaluation().entrySet()) {
      row(text, figure.getKey(), "%.4f", figure.getValue());
    }
    text.append("\n![Loss by step](").append(CURVE).append(")\n\n## Looks at held-out labels\n\n");
    text.append("| step | objective | training loss | loss | accuracy | prototypes |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (CurvePoint point : state.curve()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d | %s | %.4f | %.4f | %.2f %% | %.2f %% |%n",
              point.step(),
              point.objective(),
              point.trainingLoss(),
              point.score().loss(),
              100 * point.score().accuracy(),
              100 * point.score().prototypes()));
    }
    text.append("\n## Data\n\n| set | SHA-256 of labels and texts |\n|---|---|\n");
    origin.training().dataSha256().forEach((name, sha256) -> row(text, name, sha256));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static void row(StringBuilder text, String name, String format, Object value) {
    row(text, name, String.format(Locale.ROOT, format, value));
  }

  private static void plot(Path file, List<CurvePoint> curve) throws IOException {
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
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }
}
