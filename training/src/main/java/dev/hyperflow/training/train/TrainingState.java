package dev.hyperflow.training.train;

import dev.hyperflow.training.network.Parameters;
import java.util.ArrayList;
import java.util.List;

/** How far a run is, and the best it has found. Not safe for use by several threads. */
final class TrainingState {

  private final Learner learner;
  private final List<CurvePoint> curve;
  private final double secondsBefore;
  private Parameters best;
  private int bestStep;
  private double secondsNow;
  private long examples;

  private TrainingState(Learner learner, List<CurvePoint> curve, double secondsBefore) {
    this.learner = learner;
    this.curve = new ArrayList<>(curve);
    this.secondsBefore = secondsBefore;
    this.best = learner.parameters();
    this.bestStep = learner.step();
  }

  static TrainingState started(Learner learner) {
    return new TrainingState(learner, List.of(), 0);
  }

  static TrainingState resumed(
      Learner learner,
      Parameters best,
      int bestStep,
      List<CurvePoint> curve,
      double seconds,
      long examples) {
    TrainingState state = new TrainingState(learner, curve, seconds);
    state.best = best;
    state.bestStep = bestStep;
    state.examples = examples;
    return state;
  }

  /**
   * Takes note of a look; the parameters of now become the best if their cross-entropy is lowest.
   * Although training makes errors fewer, too: over so few episodes accuracy is too noisy to choose
   * by.
   */
  void looked(CurvePoint point) {
    double lowest = curve.isEmpty() ? Double.POSITIVE_INFINITY : bestPoint().score().loss();
    curve.add(point);
    if (point.score().loss() < lowest) {
      best = learner.parameters();
      bestStep = point.step();
    }
  }

  /** The look at the best parameters. */
  CurvePoint bestPoint() {
    return curve.stream().filter(point -> point.step() == bestStep).findFirst().orElseThrow();
  }

  /** How many looks at one objective were taken since the best parameters. */
  long looksSinceBest(Objective objective) {
    return curve.stream()
        .filter(point -> point.step() > bestStep && point.objective() == objective)
        .count();
  }

  void spent(double seconds) {
    secondsNow = seconds;
  }

  void saw(long more) {
    examples += more;
  }

  Learner learner() {
    return learner;
  }

  Parameters best() {
    return best;
  }

  int bestStep() {
    return bestStep;
  }

  List<CurvePoint> curve() {
    return List.copyOf(curve);
  }

  /** Seconds of training, those before an interruption included. */
  double seconds() {
    return secondsBefore + secondsNow;
  }

  /** Support examples and queries that were learned from, each as often as it was drawn. */
  long examples() {
    return examples;
  }
}
