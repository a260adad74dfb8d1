package dev.hyperflow.training.train;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SizeEffect;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.report.Reliability;
import java.util.ArrayList;
import java.util.List;

/** The answers of a bundle's heads to queries of held-out labels, and what fits them. */
final class TemperatureFit {

  /*
   * The logarithm of the temperature is linear in what SizeEffect names. Its coefficients minimise
   * cross-entropy by Fisher's scoring: for one row z of logits over the temperature, with softmax p,
   * the derivative by the logarithm is z_right − Σ p z, and the expected curvature the variance of z
   * under p. An episode counts in units of what guessing gives, so that many labels weigh no more.
   * The penalty keeps effects at 0 that the episodes say nothing of.
   */
  private static final int TERMS = 3;
  private static final double PENALTY = 1e-5;
  private static final int ROUNDS = 40;
  private static final int HALVINGS = 30;
  private static final double MAX_EFFECT = 3;

  private final List<Row> rows = new ArrayList<>();
  private double accuracy;
  private double prototypes;
  private int safeguarded;

  /** Logits of one query; its true label; its share of the mean over episodes; its task's terms. */
  private static final class Row {
    private final float[] logits;
    private final int right;
    private final double share;
    private final int examples;
    private final double[] terms;

    Row(float[] logits, int right, double share, int examples) {
      double shots = (double) examples / logits.length;
      this.logits = logits;
      this.right = right;
      this.share = share;
      this.examples = examples;
      this.terms = new double[] {1, 1 / shots, Math.log(logits.length) / Math.sqrt(shots)};
    }

    /** Cross-entropy of a label, in nats. */
    double crossEntropy(int label, double temperature) {
      return Logits.crossEntropy(logits, 0, logits.length, label, temperature);
    }

    /** The label with the largest logit. */
    int best() {
      return Logits.argmax(logits, 0, logits.length);
    }

    /** Its share in the loss, which weighs episodes of any number of labels alike. */
    double weight() {
      return share / Math.log(Math.max(2, logits.length));
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
      int examples = episode.support().length;
      for (int q = 0; q < episode.queries().length; q++) {
        float[] x = episode.queries()[q];
        int right = episode.queryLabels()[q];
        float[] logits = new float[episode.ways()];
        adapted.logits(x, logits);
        Row row = new Row(logits, right, share, examples);
        rows.add(row);
        accuracy += row.best() == right ? share : 0;
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

  /** The softmax with the lowest cross-entropy. */
  Manifest.Softmax softmax() {
    double[] fitted = new double[TERMS];
    double best = loss(fitted);
    for (int round = 0; round < ROUNDS; round++) {
      double[] step = step(fitted);
      double length = 1;
      double[] next = moved(fitted, step, length);
      double found = loss(next);
      for (int halving = 0; halving < HALVINGS && !(found < best); halving++) {
        length /= 2;
        next = moved(fitted, step, length);
        found = loss(next);
      }
      if (!(found < best)) {
        break;
      }
      fitted = next;
      best = found;
    }
    return new Manifest.Softmax(
        TrainedBundle.rounded(Math.exp(fitted[0])),
        new SizeEffect(TrainedBundle.rounded(fitted[1]), TrainedBundle.rounded(fitted[2])),
        null);
  }

  private static double[] moved(double[] from, double[] step, double length) {
    double[] to = new double[TERMS];
    for (int i = 0; i < TERMS; i++) {
      to[i] = Math.max(-MAX_EFFECT, Math.min(MAX_EFFECT, from[i] + length * step[i]));
    }
    return to;
  }

  private double loss(double[] effects) {
    double sum = 0;
    for (int i = 1; i < TERMS; i++) {
      sum += PENALTY / 2 * effects[i] * effects[i];
    }
    for (Row row : rows) {
      sum += row.weight() * row.crossEntropy(row.right, temperature(row, effects));
    }
    return sum;
  }

  private static double temperature(Row row, double[] effects) {
    double logarithm = 0;
    for (int i = 0; i < TERMS; i++) {
      logarithm += effects[i] * row.terms[i];
    }
    return Math.exp(logarithm);
  }

  private double[] step(double[] effects) {
    double[][] curvature = new double[TERMS][TERMS + 1];
    for (int i = 0; i < TERMS; i++) {
      curvature[i][i] = PENALTY;
      curvature[i][TERMS] = i == 0 ? 0 : -PENALTY * effects[i];
    }
    for (Row row : rows) {
      double temperature = temperature(row, effects);
      double largest = row.logits[row.best()] / temperature;
      double sum = 0;
      double first = 0;
      double second = 0;
      for (float logit : row.logits) {
        double z = logit / temperature - largest;
        double p = Math.exp(z);
        sum += p;
        first += p * z;
        second += p * z * z;
      }
      double mean = first / sum;
      double variance = second / sum - mean * mean;
      double slope = row.logits[row.right] / temperature - largest - mean;
      for (int i = 0; i < TERMS; i++) {
        curvature[i][TERMS] -= row.weight() * slope * row.terms[i];
        for (int j = 0; j < TERMS; j++) {
          curvature[i][j] += row.weight() * variance * row.terms[i] * row.terms[j];
        }
      }
    }
    return solved(curvature);
  }

  /** The solution of positive definite equations, [n][n + 1] with the right side last. */
  private static double[] solved(double[][] equations) {
    int n = equations.length;
    for (int k = 0; k < n; k++) {
      double pivot = equations[k][k];
      for (int j = k; j <= n; j++) {
        equations[k][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = equations[i][k];
        for (int j = k; i != k && j <= n; j++) {
          equations[i][j] -= factor * equations[k][j];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = equations[i][n];
    }
    return solution;
  }

  /** Mean cross-entropy in nats. */
  double crossEntropy(Calibration calibration) {
    double sum = 0;
    for (Row row : rows) {
      sum += row.share * row.crossEntropy(row.right, temperature(row, calibration));
    }
    return sum;
  }

  /** Expected calibration error, see {@link Reliability}. */
  double calibrationError(Calibration calibration) {
    Reliability reliability = new Reliability();
    for (Row row : rows) {
      double confidence = Math.exp(-row.crossEntropy(row.best(), temperature(row, calibration)));
      reliability.add(confidence, row.best() == row.right, row.share);
    }
    return reliability.expectedCalibrationError();
  }

  private static double temperature(Row row, Calibration calibration) {
    return calibration.temperature(row.logits.length, row.examples);
  }
}
