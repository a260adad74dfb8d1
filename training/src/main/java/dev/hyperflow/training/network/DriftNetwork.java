package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.Tensors;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The learned flow on one batch of support sets: everything that depends on neither head nor time
 * is computed on construction, {@link #drift} gives d(head)/dt.
 *
 * @param <T> a tensor
 */
public final class DriftNetwork<T> {

  /*
   * The flow is the one of models' AnalyticDrift, which derives the algebra: softmax regression on
   * the support set, anchored at W₀, followed by Newton-like steps,
   *
   *   dW/dt = H⁻¹ (X̃ᵀV(Y − P) − λ(W − W₀)) = (W₀ − W) + F E
   *   H = c X̃ᵀVX̃ + λI,   F = H⁻¹ X̃ᵀ V^½,   E = V^½ (Y − P + c (Z − Z₀))
   *
   * with what is fixed there predicted here, from statistics of the task: the quantities of Quantity.
   * V holds the examples' weights, those of rare labels raised by a predicted exponent, because a
   * label that has few examples so far need not be rare among queries.
   *
   * The head is κW: the sharpness κ belongs to the answers, not to the flow. With a sharp anchor the
   * residuals would vanish and nothing would move.
   *
   * Everything goes through inner products, so the drift turns with the feature space. The small
   * network that predicts sees a column, [rows of a matrix] × [B, statistics, 1]. So each task has
   * products of its own shape, whatever the batch.
   */

  /** Factor of the class means in the head where trajectories start. */
  static final float INITIAL_SCALE = 2f;

  /** Stands for minus infinity in masked logits; finite, so that 0 times it is 0. */
  public static final float MASKED = -1e30f;

  private final Tensors<T> t;
  private final SupportSets<T> sets;
  private final T sharpness;
  private final T curvature;
  private final T anchor;
  private final T scaledRoot;
  private final T fixedError;
  private final RidgeStage<T> step;

  /**
   * Prepares the flow.
   *
   * @param t a back end that has the parameters of {@link NetworkLayout}
   * @param support the support sets
   */
  public DriftNetwork(Tensors<T> t, SupportTensors<T> support) {
    this.t = t;
    this.sets = new SupportSets<>(t, support);
    SupportStatistics<T> statistics = new SupportStatistics<>(t, sets, support);
    Map<Quantity, T> predicted = predicted(statistics);
    this.sharpness = corrected(predicted.get(Quantity.SHARPNESS), statistics);
    this.curvature = curvature(predicted.get(Quantity.CURVATURE));
    this.anchor = anchor(predicted.get(Quantity.ANCHOR_SCALE));
    T root = sets.root(weights(predicted.get(Quantity.BALANCE)));
    T anchored = t.mul(sets.logits(anchor), curvature);
    this.fixedError = t.mul(t.mul(t.sub(sets.member(), anchored), root), sharpness);
    this.scaledRoot = t.mul(root, sharpness);
    T regularisation = t.mul(predicted.get(Quantity.REGULARISATION), statistics.regularisation());
    this.step = new RidgeStage<>(t, sets.features(), root, curvature, regularisation);
  }

  /**
   * The drift of a head, at any flow time.
   *
   * @param head [B,N,D+1], weights and, last, the bias
   * @return [B,N,D+1], zero for padded labels if the head is
   */
  public T drift(T head) {
    T logits = t.div(sets.logits(head), sharpness);
    T moved = t.sub(t.mul(logits, curvature), t.softmax(sets.open(logits)));
    T error = t.add(fixedError, t.mul(moved, scaledRoot));
    T pull = t.sub(t.mul(anchor, sharpness), head);
    return t.add(pull, step.times(t.transpose(error)));
  }

  /** κ, the sharpness of the answers: [B,1,1]. */
  public T sharpness() {
    return sharpness;
  }

  /** κ, corrected by at most a factor of e by how surely left-out examples get their labels. */
  private T corrected(T predicted, SupportStatistics<T> statistics) {
    T correction = t.matmul(t.parameter(NetworkLayout.CERTAINTY), statistics.certainty());
    return t.mul(predicted, t.exp(t.tanh(correction)));
  }

  private Map<Quantity, T> predicted(SupportStatistics<T> statistics) {
    T hidden = t.matmul(t.parameter(NetworkLayout.TASK_IN), statistics.task());
    T first = t.tanh(t.add(hidden, t.parameter(NetworkLayout.TASK_IN_BIAS)));
    T between = t.matmul(t.parameter(NetworkLayout.TASK_MIDDLE), first);
    T second = t.tanh(t.add(between, t.parameter(NetworkLayout.TASK_MIDDLE_BIAS)));
    T out = t.matmul(t.parameter(NetworkLayout.TASK_OUT), second);
    T all = t.sigmoid(t.add(out, t.parameter(NetworkLayout.TASK_OUT_BIAS)));
    Map<Quantity, T> predicted = new EnumMap<>(Quantity.class);
    int row = 0;
    for (Quantity quantity : Quantity.values()) {
      T share = t.slice(all, 1, row, row + 1);
      T scaled = t.add(t.mul(share, t.scalar(quantity.length())), t.scalar(quantity.low()));
      predicted.put(quantity, quantity.logarithmic() ? t.exp(scaled) : scaled);
      row++;
    }
    return predicted;
  }

  /**
   * W₀ in the coordinates of a head: [B,N,D+1]. Its bias makes it the classifier of the nearest
   * class mean; without, a strong anchor favours labels with long means.
   */
  private T anchor(T scale) {
    T squaredLength = t.sum(t.mul(sets.means(), sets.means()), 2);
    T bias = t.mul(squaredLength, t.scalar(-0.5f));
    return t.mul(t.concat(2, List.of(sets.means(), bias)), scale);
  }

  /**
   * The curvature of a task's own, as a multiple of the typical one. Two labels need about ½, the
   * bound of softmax regression. Where probability is spread over many labels, far less is safe.
   */
  private T curvature(T multiple) {
    T share = t.div(t.scalar(2f), t.max(sets.labelCount(), t.scalar(2f)));
    T falling = t.exp(t.mul(t.log(share), t.scalar(0.8f)));
    T typical = t.add(t.mul(falling, t.scalar(0.31f)), t.scalar(0.16f));
    return t.mul(typical, multiple);
  }

  /** The diagonal of V: [B,M,1]. */
  private T weights(T balance) {
    return t.mul(sets.weight(), t.exp(t.mul(sets.rarity(), balance)));
  }
}
