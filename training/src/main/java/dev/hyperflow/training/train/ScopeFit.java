package dev.hyperflow.training.train;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ScopeScore;
import dev.hyperflow.training.report.Auroc;
import dev.hyperflow.training.report.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The energies of texts in and out of scope under a bundle's heads, and what fits them. */
final class ScopeFit {

  /*
   * Logistic regression of one variable by Newton's method. Every task counts alike. In a task the
   * texts in scope weigh one half; texts of the same set and of another set share the other half.
   */

  /** Chosen on the same data: 0.02 to 0.1 are equally good, and more mixes labels up. */
  private static final double TEMPERATURE = 0.05;

  private static final int ROUNDS = 50;

  /** Keeps a fit finite where a line divides the texts. */
  private static final double PENALTY = 1e-6;

  private static final double HALF = 0.5;

  private final ScopeScore energies;
  private final List<Row> rows = new ArrayList<>();
  private double areas;
  private int tasks;

  /** One text: its energy, whether it is in scope, and its weight. */
  private record Row(double energy, boolean inScope, double weight) {}

  /**
   * Adapts heads to the tasks and asks them.
   *
   * @param headScale factor of the means in initial heads
   * @param tasks those without a text out of scope are passed over
   */
  ScopeFit(HeadIntegrator integrator, double headScale, List<ScopeTask> tasks) {
    this.energies = ScopeScore.of(headScale, new Manifest.Scope(TEMPERATURE, 1, 0));
    List<ScopeTask> useful = tasks.stream().filter(ScopeTask::hasOthers).toList();
    if (useful.isEmpty()) {
      return;
    }
    List<Integration> heads =
        integrator.integrate(useful.stream().map(task -> task.episode().supportSet()).toList());
    for (int i = 0; i < useful.size(); i++) {
      add(useful.get(i), heads.get(i).initial());
    }
  }

  private void add(ScopeTask task, Head initial) {
    int examples = task.episode().support().length;
    float[] inside = add(initial, examples, List.of(task.episode().queries()), true, HALF);
    List<List<float[]>> others = task.others().toList();
    double area = 0;
    for (List<float[]> texts : others) {
      float[] outside = add(initial, examples, texts, false, HALF / others.size());
      area += Auroc.of(inside, outside) / others.size();
    }
    areas += area;
    tasks++;
  }

  private float[] add(
      Head initial, int examples, List<float[]> texts, boolean inScope, double weight) {
    float[] scores = new float[texts.size()];
    float[] logits = new float[initial.labels()];
    for (int i = 0; i < texts.size(); i++) {
      initial.logits(texts.get(i), logits);
      double energy = energies.energy(logits, examples);
      scores[i] = (float) energy;
      rows.add(new Row(energy, inScope, weight / texts.size()));
    }
    return scores;
  }

  /** The fit; empty if no task had a text out of scope, or if energy says nothing of scope. */
  Optional<Manifest.Scope> scope() {
    if (tasks == 0) {
      return Optional.empty();
    }
    double scale = 0;
    double offset = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double gradientScale = -PENALTY * scale * tasks;
      double gradientOffset = -PENALTY * offset * tasks;
      double xx = PENALTY * tasks;
      double x = 0;
      double one = PENALTY * tasks;
      for (Row row : rows) {
        double probability = probability(scale, offset, row.energy);
        double error = row.weight * ((row.inScope ? 1 : 0) - probability);
        double curvature = row.weight * probability * (1 - probability);
        gradientScale += error * row.energy;
        gradientOffset += error;
        xx += curvature * row.energy * row.energy;
        x += curvature * row.energy;
        one += curvature;
      }
      double determinant = xx * one - x * x;
      scale += (one * gradientScale - x * gradientOffset) / determinant;
      offset += (xx * gradientOffset - x * gradientScale) / determinant;
    }
    return of(TrainedBundle.rounded(scale), TrainedBundle.rounded(offset));
  }

  private static Optional<Manifest.Scope> of(double scale, double offset) {
    if (!(scale > 0) || !Double.isFinite(offset)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Manifest.Scope(TEMPERATURE, scale, offset));
    } catch (IllegalArgumentException outOfRange) {
      return Optional.empty();
    }
  }

  /** Mean area under the ROC curve of a task, 0 to 1; NaN without tasks. */
  double area() {
    return areas / tasks;
  }

  /** Expected calibration error of a fit on the same texts, see {@link Reliability}. */
  double calibrationError(Manifest.Scope scope) {
    Reliability reliability = new Reliability();
    for (Row row : rows) {
      reliability.add(
          probability(scope.scale(), scope.offset(), row.energy), row.inScope, row.weight);
    }
    return reliability.expectedCalibrationError();
  }

  private static double probability(double scale, double offset, double energy) {
    return 1 / (1 + Math.exp(-(scale * energy + offset)));
  }
}
