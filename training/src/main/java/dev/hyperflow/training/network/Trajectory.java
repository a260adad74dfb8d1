package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.Tensors;
import java.util.List;

/** Follows a drift as {@code integrate.onnx} does, without its safeguard. */
public final class Trajectory {

  private Trajectory() {}

  /**
   * The head where trajectories start: scaled class means, and the bias that makes it a classifier
   * by the nearest of them.
   *
   * @return [B,N,D+1], zero for padded labels
   */
  public static <T> T start(Tensors<T> t, SupportTensors<T> support) {
    T zero = t.scalar(0f);
    T sums = t.matmul(t.transpose(support.membership()), support.ones());
    T counts = t.last(sums, 2);
    T divisor = t.where(t.greater(counts, zero), counts, t.scalar(1f));
    T means = t.div(t.withoutLast(sums, 2), divisor);
    T scale = t.scalar(DriftNetwork.INITIAL_SCALE);
    T squares = t.sum(t.mul(means, means), 2);
    T bias = t.mul(squares, t.scalar(-DriftNetwork.INITIAL_SCALE / 2));
    T head = t.concat(2, List.of(t.mul(means, scale), bias));
    return t.where(support.labelRows(), head, zero);
  }

  /**
   * The head after so many steps of flow time 1.
   *
   * @param network the drift on the support sets
   * @param start [B,N,D+1]
   * @return [B,N,D+1]
   */
  public static <T> T end(Tensors<T> t, DriftNetwork<T> network, T start, int steps) {
    T head = start;
    for (int k = 0; k < steps; k++) {
      head = t.add(head, network.drift(head));
    }
    return head;
  }
}
