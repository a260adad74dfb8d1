package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Check;
import dev.hyperflow.training.network.NetworkLayout;
import dev.hyperflow.training.network.Parameters;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Parameters on their way. What a step does depends on its number, on the seed and on what was
 * before alone. So a learner that was written and read goes on as if nothing had happened. Not safe
 * for use by several threads.
 */
final class Learner {

  private final Optimisation optimisation;
  private final EpisodeSource source;
  private final long seed;
  private final Parameters layout;
  private final float[] values;
  private ResumableAdam adam;
  private int step;

  private Learner(
      Optimisation optimisation,
      EpisodeSource source,
      long seed,
      Parameters start,
      ResumableAdam adam,
      int step) {
    this.optimisation = optimisation;
    this.source = source;
    this.seed = seed;
    this.layout = start;
    this.values = start.all();
    this.adam = adam;
    this.step = step;
  }

  /** A learner before its first step. */
  static Learner start(Optimisation optimisation, EpisodeSource source, long seed) {
    Parameters start = NetworkLayout.initial(seed);
    return new Learner(optimisation, source, seed, start, new ResumableAdam(start.size()), 0);
  }

  /** Reads what {@link #write} wrote. */
  static Learner read(
      DataInputStream in, Optimisation optimisation, EpisodeSource source, long seed)
      throws IOException {
    int step = in.readInt();
    Parameters parameters = Parameters.read(in);
    ResumableAdam adam = ResumableAdam.read(in, parameters.size());
    return new Learner(optimisation, source, seed, parameters, adam, step);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(step);
    parameters().write(out);
    adam.write(out);
  }

  Parameters parameters() {
    return layout.with(values);
  }

  int step() {
    return step;
  }

  /** Whether there are no steps left. */
  boolean isDone() {
    return step >= optimisation.steps();
  }

  /** The objective of the next step, of the last one at the end. */
  Objective objective() {
    return optimisation.objective(Math.min(step, optimisation.steps() - 1));
  }

  /** Whether the next step is the first of an objective that follows another. */
  boolean turns() {
    return step > 0
        && !isDone()
        && optimisation.objective(step) != optimisation.objective(step - 1);
  }

  /**
   * Begins the next objective, without a memory of earlier gradients: from the best parameters so
   * far, but after imitation from where that ended. What imitates need not answer well yet.
   *
   * @param best those that answered held-out queries best
   */
  void turn(Parameters best) {
    if (!optimisation.objective(step - 1).imitates()) {
      System.arraycopy(best.all(), 0, values, 0, values.length);
    }
    adam = new ResumableAdam(values.length);
  }

  /**
   * Takes the next step.
   *
   * @return the loss before it
   * @throws TrainingException if the loss or its gradient is not finite, or memory does not suffice
   */
  float advance() {
    float[] gradient = new float[values.length];
    float loss = loss(0, gradient);
    if (!Float.isFinite(loss) || !Check.finite(gradient)) {
      throw new TrainingException(
          "step %d: loss: expected a finite number with a finite gradient, found %s (objective %s,"
                  .formatted(step + 1, loss, objective())
              + " learning rate %s); try a smaller --learning-rate"
                  .formatted(optimisation.learningRate(step)));
    }
    float[] before = values.clone();
    IntPredicate moves = objective().moves(layout);
    adam.step(values, gradient, optimisation.learningRate(step));
    for (int i = 0; i < values.length; i++) {
      values[i] = moves.test(i) ? values[i] : before[i];
    }
    step++;
    return loss;
  }

  /**
   * The loss of a step to come, without taking it.
   *
   * @param ahead 0 for the next step
   * @param gradient receives a number per parameter
   */
  float loss(int ahead, float[] gradient) {
    int number = step + ahead;
    EpisodeBatch batch = new EpisodeBatch(source.batch(number));
    SplittableRandom random = new SplittableRandom(seed * 31 + number).split();
    Objective objective = objective();
    int eulerSteps = optimisation.eulerSteps();
    return Gradients.of(
        parameters(), t -> Losses.of(objective, t, batch, eulerSteps, random), gradient);
  }

  @Override
  public String toString() {
    return "Learner[step=%d, parameters=%d]".formatted(step, Arrays.hashCode(values));
  }
}
