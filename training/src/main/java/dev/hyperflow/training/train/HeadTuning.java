package dev.hyperflow.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hyperflow.training.network.DriftNetwork;
import dev.hyperflow.training.network.SupportTensors;
import dev.hyperflow.training.network.Trajectory;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.ArrayList;
import java.util.List;

/** Fine-tuning of heads by gradient descent, recorded: what a drift may learn to imitate. */
final class HeadTuning {

  /*
   * Nesterov's gradient descent on the mean cross-entropy of the support set plus an L2 penalty,
   * from the head where trajectories start. The penalty is that of logistic regression at C = 1.
   * The rate is one over a bound of the curvature, ½ the largest eigenvalue of the mean of x̃x̃ᵀ
   * (Böhning 1992), found by power iteration. It is as fast as is safe, whatever the task.
   *
   * Heads are recorded after 1, 2, 5, … of the steps, evenly on a logarithmic scale: most of the
   * way is made early. Point k belongs to flow time k.
   */
  private static final int STEPS = 150;
  private static final float MOMENTUM = 0.9f;
  private static final float PENALTY = 1f;
  private static final int POWER_STEPS = 12;
  private static final float MARGIN = 1.1f;

  private final List<NDArray> points;

  private HeadTuning(List<NDArray> points) {
    this.points = points;
  }

  /**
   * Where a trajectory is, and how it moves.
   *
   * @param head [B,N,D+1]
   * @param velocity d(head)/dt, [B,N,D+1]
   */
  record Motion(NDArray head, NDArray velocity) {}

  /**
   * Tunes heads.
   *
   * @param segments number of pieces between recorded heads
   */
  static HeadTuning record(DjlTensors t, SupportTensors<NDArray> support, int segments) {
    NDArray weight = support.membership().sum(new int[] {2}, true);
    NDArray total = weight.sum(new int[] {1}, true);
    NDArray shares = weight.div(total);
    NDArray wanted = support.membership().div(total);
    NDArray transposed = t.transpose(support.ones());
    NDArray penalty = t.scalar(PENALTY).div(total);
    NDArray rate = t.scalar(1f).div(curvature(support.ones(), shares).mul(MARGIN / 2).add(penalty));

    NDArray head = Trajectory.start(t, support);
    NDArray ahead = head;
    List<NDArray> points = new ArrayList<>(List.of(head));
    for (int step = 1; step <= STEPS; step++) {
      NDArray logits = support.ones().matMul(t.transpose(ahead));
      NDArray open = t.where(support.labelColumns(), logits, t.scalar(DriftNetwork.MASKED));
      NDArray error = open.softmax(-1).mul(shares).sub(wanted);
      NDArray weights = t.withoutLast(ahead, 2).mul(penalty);
      NDArray pull = t.concat(2, List.of(weights, t.last(ahead, 2).mul(0f)));
      NDArray gradient = t.transpose(transposed.matMul(error)).add(pull);
      NDArray masked = t.where(support.labelRows(), gradient, t.scalar(0f));
      NDArray next = ahead.sub(masked.mul(rate));
      ahead = next.add(next.sub(head).mul(MOMENTUM));
      head = next;
      while (points.size() <= segments && step >= recordedAt(points.size(), segments)) {
        points.add(head);
      }
    }
    return new HeadTuning(points);
  }

  private static int recordedAt(int point, int segments) {
    return (int) Math.round(Math.pow(STEPS, (double) point / segments));
  }

  /** Largest eigenvalue of Σ share · x̃x̃ᵀ: [B,1,1]. */
  private static NDArray curvature(NDArray ones, NDArray shares) {
    Shape shape = new Shape(ones.getShape().get(0), ones.getShape().get(2), 1);
    NDArray direction = ones.getManager().ones(shape, DataType.FLOAT32);
    NDArray length = direction;
    for (int i = 0; i < POWER_STEPS; i++) {
      NDArray image = ones.swapAxes(1, 2).matMul(ones.matMul(direction).mul(shares));
      length = image.square().sum(new int[] {1}, true).sqrt();
      direction = image.div(length);
    }
    return length;
  }

  /**
   * The motion at one time.
   *
   * @param objective how to go between recorded heads
   * @param segment number of the piece
   * @param inside where in it, 0 to 1
   */
  Motion at(Objective objective, int segment, float inside) {
    NDArray from = points.get(segment);
    NDArray to = points.get(segment + 1);
    return switch (objective) {
      case IMITATE_LINEAR -> straight(segment + inside);
      case IMITATE_PIECEWISE -> {
        NDArray piece = to.sub(from);
        yield new Motion(from.add(piece.mul(inside)), piece);
      }
      case IMITATE_CUBIC -> hermite(from, to, tangent(segment), tangent(segment + 1), inside);
      case END_TO_END, CALIBRATE ->
          throw new IllegalArgumentException("objective: expected an imitation, found another");
    };
  }

  private Motion straight(float time) {
    int last = points.size() - 1;
    NDArray velocity = points.get(last).sub(points.get(0)).div(last);
    return new Motion(points.get(0).add(velocity.mul(time)), velocity);
  }

  /** Slope at a recorded head: half the way between its neighbours (Catmull and Rom). */
  private NDArray tangent(int point) {
    int before = Math.max(0, point - 1);
    int after = Math.min(points.size() - 1, point + 1);
    return points.get(after).sub(points.get(before)).div(after - before);
  }

  private static Motion hermite(
      NDArray from, NDArray to, NDArray slopeFrom, NDArray slopeTo, float u) {
    float u2 = u * u;
    float u3 = u2 * u;
    NDArray head =
        from.mul(2 * u3 - 3 * u2 + 1)
            .add(slopeFrom.mul(u3 - 2 * u2 + u))
            .add(to.mul(3 * u2 - 2 * u3))
            .add(slopeTo.mul(u3 - u2));
    NDArray velocity =
        from.mul(6 * u2 - 6 * u)
            .add(slopeFrom.mul(3 * u2 - 4 * u + 1))
            .add(to.mul(6 * u - 6 * u2))
            .add(slopeTo.mul(3 * u2 - 2 * u));
    return new Motion(head, velocity);
  }
}
