package dev.hyperflow.training.train;

import dev.hyperflow.training.cli.Progress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Takes the steps, looks at held-out labels every so often, and knows when to stop. */
final class Trainer {

  /*
   * A look and a checkpoint come at step numbers that depend on the number of steps alone. What is
   * counted between looks starts from nothing at each. So a run that is resumed is bit by bit the
   * run that was not interrupted.
   */
  private static final int LOOKS = 24;
  private static final int MIN_STEPS_BETWEEN = 10;
  private static final int PATIENCE = 8;
  private static final int TRIAL_BATCHES = 8;

  private final Optimisation optimisation;
  private final EpisodeSource source;
  private final Validation validation;
  private final Progress progress;
  private final LongSupplier nanoTime;

  Trainer(
      Optimisation optimisation,
      EpisodeSource source,
      Validation validation,
      Progress progress,
      LongSupplier nanoTime) {
    this.optimisation = optimisation;
    this.source = source;
    this.validation = validation;
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /**
   * How many steps fit into a time, measured on the first batches.
   *
   * @param seconds for steps and looks together
   */
  int stepsWithin(double seconds, Learner learner) {
    float[] gradient = new float[learner.parameters().size()];
    learner.loss(0, gradient); // code and native library are loaded
    long started = nanoTime.getAsLong();
    for (int i = 0; i < TRIAL_BATCHES; i++) {
      learner.loss(i, gradient);
    }
    double step = secondsSince(started) / TRIAL_BATCHES;
    started = nanoTime.getAsLong();
    validation.score(learner.parameters());
    double looks = (LOOKS + 1) * secondsSince(started);
    return (int) Math.max(1, Math.min(1e6, (seconds - looks) / step));
  }

  /**
   * Takes all steps, or as many as pay and as there is time for.
   *
   * @param checkpoint where the state is kept
   * @param identity what the run is made of
   * @param deadlineNanos when to stop at the latest, on the clock
   */
  void run(TrainingState state, Path checkpoint, String identity, long deadlineNanos) {
    Learner learner = state.learner();
    int every = Math.max(MIN_STEPS_BETWEEN, optimisation.steps() / LOOKS);
    long started = nanoTime.getAsLong();
    int startedAt = learner.step();
    if (state.curve().isEmpty()) {
      look(state, Double.NaN);
    }
    double sum = 0;
    int summed = 0;
    while (!learner.isDone() && !isIdle(state) && nanoTime.getAsLong() < deadlineNanos) {
      if (learner.turns()) {
        learner.turn(state.best());
      }
      long seen = source.examples(learner.step());
      sum += learner.advance();
      summed++;
      state.saw(seen);
      double seconds = secondsSince(started);
      progress.update(line(state, sum / summed, learner.step() - startedAt, seconds));
      if (learner.step() % every == 0 || learner.isDone()) {
        look(state, sum / summed);
        sum = 0;
        summed = 0;
        state.spent(secondsSince(started));
        Checkpoint.write(checkpoint, identity, optimisation.steps(), state);
      }
    }
    if (summed > 0) { // the time was over between two looks
      look(state, sum / summed);
    }
    state.spent(secondsSince(started));
  }

  /** Whether the last objective has brought nothing for too long. */
  private boolean isIdle(TrainingState state) {
    Objective last = optimisation.objectives().get(optimisation.objectives().size() - 1);
    return state.learner().objective() == last && state.looksSinceBest(last) >= PATIENCE;
  }

  private void look(TrainingState state, double trainingLoss) {
    Learner learner = state.learner();
    Objective objective = optimisation.objective(Math.max(0, learner.step() - 1));
    HeldOutScore score = validation.score(learner.parameters());
    if (!Double.isFinite(score.loss())) {
      throw new TrainingException(
          "step %d: loss on held-out labels: expected a finite number, found %s;"
                  .formatted(learner.step(), score.loss())
              + " try a smaller --learning-rate");
    }
    CurvePoint point = new CurvePoint(learner.step(), objective, trainingLoss, score);
    state.looked(point);
    progress.note(
        String.format(
            Locale.ROOT,
            "step %,d of %,d  %s  held out: loss %.4f, accuracy %.2f %% (prototypes %.2f %%)%s",
            learner.step(),
            optimisation.steps(),
            objective,
            score.loss(),
            100 * score.accuracy(),
            100 * score.prototypes(),
            state.bestStep() == point.step() ? "  best" : ""));
  }

  private String line(TrainingState state, double loss, int steps, double seconds) {
    double perStep = seconds / steps;
    return String.format(
        Locale.ROOT,
        "step %,d of %,d  %s  loss %.4f  %.1f episodes/s  %s left",
        state.learner().step(),
        optimisation.steps(),
        state.learner().objective(),
        loss,
        optimisation.batch() / perStep,
        Progress.human((long) ((optimisation.steps() - state.learner().step()) * perStep * 1e9)));
  }

  private double secondsSince(long nanos) {
    return (nanoTime.getAsLong() - nanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
