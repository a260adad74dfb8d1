package dev.hyperflow.training.train;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.report.Reliability;
import java.util.ArrayList;
import java.util.List;

/** The answers of a bundle's heads to queries of held-out labels, and what fits them. */
final class TemperatureFit {

  private static final double MIN_TEMPERATURE = 0.05;
  private static final double MAX_TEMPERATURE = 20;
  private static final int ROUNDS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final List<Row> rows = new ArrayList<>();
  private double accuracy;
  private double prototypes;
  private int safeguarded;

  /** Logits of one query; its share of the mean over episodes; its true label. */
  private static final class Row {
    private final float[] logits;
    private final int right;
    private final double share;

    Row(float[] logits, int right, double share) {
      this.logits = logits;
      this.right = right;
      this.share = share;
    }
  }

  /** Adapts heads to the episodes and asks them. */
  TemperatureFit(HeadIntegrator integrator, List<Episode> episodes) {
    List<Integration> heads =
        integrator.integrate(episodes.stream().map(Episode::supportSet).toList());
    for (int i = 0; i < heads.size(); i++) {
      Episode episode = episodes.get(i);
      Head adapted = heads.get(i).adapted();
      safeguarded += heads.get(i).safeguarded() ? 1 : 0;
      double share = 1.0 / episode.queries().length / episodes.size();
      for (int q = 0; q < episode.queries().length; q++) {
        float[] x = episode.queries()[q];
        int right = episode.queryLabels()[q];
        float[] logits = new float[episode.ways()];
        adapted.logits(x, logits);
        rows.add(new Row(logits, right, share));
        accuracy += Logits.argmax(logits, 0, logits.length) == right ? share : 0;
        prototypes += heads.get(i).initial().argmax(x) == right ? share : 0;
      }
    }
  }

  /** Share of queries answered right, 0 to 1. */
  double accuracy() {
    return accuracy;
  }

  /** The same for the heads where trajectories start. */
  double prototypeAccuracy() {
    return prototypes;
  }

  /** Number of heads whose end was not used, as it was worse than the start. */
  int safeguarded() {
    return safeguarded;
  }

  /** The temperature with the lowest cross-entropy, by golden-section search on its logarithm. */
  double temperature() {
    double low = Math.log(MIN_TEMPERATURE);
    double high = Math.log(MAX_TEMPERATURE);
    for (int round = 0; round < ROUNDS; round++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (crossEntropy(Math.exp(left)) < crossEntropy(Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean cross-entropy in nats at a temperature. */
  double crossEntropy(double temperature) {
    double sum = 0;
    for (Row row : rows) {
      sum +=
          row.share * Logits.crossEntropy(row.logits, 0, row.logits.length, row.right, temperature);
    }
    return sum;
  }

  /** Expected calibration error at a temperature, see {@link Reliability}. */
  double calibrationError(double temperature) {
    Reliability reliability = new Reliability();
    for (Row row : rows) {
      int best = Logits.argmax(row.logits, 0, row.logits.length);
      double confidence =
          Math.exp(-Logits.crossEntropy(row.logits, 0, row.logits.length, best, temperature));
      reliability.add(confidence, best == row.right, row.share);
    }
    return reliability.expectedCalibrationError();
  }
}
