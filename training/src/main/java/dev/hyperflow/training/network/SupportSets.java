package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.Tensors;
import java.util.List;

/**
 * Support sets taken apart: weights, labels, class means.
 *
 * @param <T> a tensor
 */
final class SupportSets<T> {

  private final Tensors<T> t;
  private final SupportTensors<T> task;
  private final T zero;
  private final T one;
  private final T features;
  private final T weight;
  private final T real;
  private final T root;
  private final T member;
  private final T counts;
  private final T means;
  private final T closed;
  private final T labelCount;
  private final T totalWeight;

  SupportSets(Tensors<T> t, SupportTensors<T> task) {
    this.t = t;
    this.task = task;
    this.zero = t.scalar(0f);
    this.one = t.scalar(1f);
    this.features = t.withoutLast(task.ones(), 2);
    this.weight = t.sum(task.membership(), 2);
    this.real = t.greater(weight, zero);
    this.root = root(weight);
    this.member = t.where(t.greater(task.membership(), zero), one, zero);
    T sums = t.matmul(t.transpose(task.membership()), task.ones());
    this.counts = t.last(sums, 2);
    T filled = t.where(t.greater(counts, zero), counts, one);
    this.means = t.div(t.withoutLast(sums, 2), filled);
    this.closed = t.where(task.labelColumns(), zero, t.scalar(DriftNetwork.MASKED));
    this.labelCount = t.orderedSum(labels(), 2);
    this.totalWeight = t.orderedSum(weight, 1);
  }

  /** [B,M,D]: features of the examples, without the column of ones. */
  T features() {
    return features;
  }

  /** [B,M,1]: weights of the examples, 0 for padding. */
  T weight() {
    return weight;
  }

  /** Square root of weights [B,M,1], 0 for padding, where the slope of the root is infinite. */
  T root(T weights) {
    return t.where(real, t.sqrt(t.where(real, weights, one)), zero);
  }

  /** [B,M,1]: square roots of the weights. */
  T root() {
    return root;
  }

  /** [B,M,N]: 1 where the example has the label. */
  T member() {
    return member;
  }

  /** [B,N,1]: weight of all examples of a label. */
  T counts() {
    return counts;
  }

  /**
   * [B,M,1]: logarithm of the mean weight of a label over that of the example's own, 0 for padding.
   */
  T rarity() {
    T own = t.sum(t.mul(member, t.transpose(counts)), 2);
    T shots = t.div(totalWeight, labelCount);
    return t.where(real, t.log(t.div(shots, t.where(real, own, one))), zero);
  }

  /** [B,M,1]: how many other examples have the example's label. */
  T companions() {
    T examples = t.matmul(t.transpose(member), t.where(real, one, zero));
    T own = t.sum(t.mul(member, t.transpose(examples)), 2);
    return t.where(real, t.sub(own, one), zero);
  }

  /** [B,N,D]: class means, zero for padding. */
  T means() {
    return means;
  }

  /** [B,1,N]: 1 for a label, 0 for padding. */
  T labels() {
    return t.where(task.labelColumns(), one, zero);
  }

  /** [B,1,1]: number of labels. */
  T labelCount() {
    return labelCount;
  }

  /** [B,1,1]: weight of all examples. */
  T totalWeight() {
    return totalWeight;
  }

  /** A value of examples and labels, [B,M,N], with zero in what is padding. */
  T masked(T value) {
    return t.where(task.labelColumns(), t.where(real, value, zero), zero);
  }

  /** Logits with what must not win made very small: [B,M,N]. */
  T open(T logits) {
    return t.add(logits, closed);
  }

  /** Scores of a head on the examples: [B,N,D+1] to [B,M,N]. */
  T logits(T head) {
    return t.matmul(task.ones(), t.transpose(head));
  }

  /** Weighted means over the examples of values [B,M,1], side by side: [B,1,number of values]. */
  T averages(List<T> values) {
    T table = t.where(real, t.concat(2, values), zero);
    return t.div(t.matmul(t.transpose(weight), table), totalWeight);
  }
}
