package dev.hyperflow.training.train;

import ai.djl.ndarray.NDArray;
import dev.hyperflow.training.network.DriftNetwork;
import dev.hyperflow.training.network.SupportTensors;
import dev.hyperflow.training.network.Trajectory;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.SplittableRandom;

/** What is made small. Every loss is a mean over the tasks of a batch. */
final class Losses {

  private static final float TINY = 1e-6f;

  /** What one error in all costs, against the cross-entropy of guessing. */
  private static final float ERROR_SHARE = 4f;

  private static final int[] INSIDE_TASK = {1, 2};

  private Losses() {}

  /**
   * The loss of a batch.
   *
   * @param random decides at which flow time a drift is compared
   * @return a scalar
   */
  static NDArray of(
      Objective objective,
      DjlTensors t,
      EpisodeBatch batch,
      int eulerSteps,
      SplittableRandom random) {
    return switch (objective) {
      case END_TO_END, CALIBRATE -> ofQueries(t, batch, eulerSteps).mean();
      case IMITATE_LINEAR, IMITATE_PIECEWISE, IMITATE_CUBIC ->
          ofDrift(objective, t, batch, eulerSteps, random);
    };
  }

  /**
   * Cross-entropy of the queries at the end of the trajectory, relative to guessing, and their
   * expected error: [B].
   *
   * <p>Cross-entropy alone would rather be less wrong than more often right. The error is taken at
   * twice the sharpness, close to counting, and does not move the sharpness, which belongs to
   * cross-entropy: answers stay calibrated.
   */
  private static NDArray ofQueries(DjlTensors t, EpisodeBatch batch, int eulerSteps) {
    SupportTensors<NDArray> support = batch.support(t);
    NDArray start = Trajectory.start(t, support);
    DriftNetwork<NDArray> network = new DriftNetwork<>(t, support);
    NDArray head = Trajectory.end(t, network, start, eulerSteps);
    NDArray shares = batch.shares(t);
    NDArray logits = logits(t, batch, support, head);
    NDArray surprise = logits.logSoftmax(-1).mul(shares).sum(INSIDE_TASK).neg();

    NDArray sharpness = network.sharpness();
    NDArray plain = t.mul(t.div(head, sharpness), t.detached(sharpness));
    NDArray sharp = logits(t, batch, support, plain.mul(2));
    NDArray right = sharp.softmax(-1).mul(shares).sum(INSIDE_TASK);
    return surprise.div(batch.units(t)).add(right.neg().add(1).mul(ERROR_SHARE));
  }

  /** Cross-entropy of guessing among so many labels, in nats: what losses are measured in. */
  static double unit(int ways) {
    return Math.log(Math.max(2, ways));
  }

  /** Logits of the queries, very small for padded labels: [B,Q,N]. */
  static NDArray logits(
      DjlTensors t, EpisodeBatch batch, SupportTensors<NDArray> support, NDArray head) {
    NDArray logits = batch.queries(t).matMul(t.transpose(head));
    return t.where(support.labelColumns(), logits, t.scalar(DriftNetwork.MASKED));
  }

  /** Squared error of the drift, relative to the squared drift it should have. */
  private static NDArray ofDrift(
      Objective objective,
      DjlTensors t,
      EpisodeBatch batch,
      int eulerSteps,
      SplittableRandom random) {
    SupportTensors<NDArray> support = batch.support(t);
    HeadTuning tuning = HeadTuning.record(t, support, eulerSteps);
    int segment = random.nextInt(eulerSteps);
    float inside = (float) random.nextDouble();
    HeadTuning.Motion motion = tuning.at(objective, segment, inside);
    NDArray drift = new DriftNetwork<>(t, support).drift(motion.head());
    NDArray error = drift.sub(motion.velocity()).square().sum(INSIDE_TASK);
    NDArray whole = motion.velocity().square().sum(INSIDE_TASK).add(TINY);
    return error.div(whole).mean();
  }
}
