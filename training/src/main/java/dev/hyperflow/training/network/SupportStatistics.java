package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.Tensors;
import java.util.List;

/**
 * What a support set says of how it wants to be learned. That is its size and shape, and how well
 * least squares, fitted to all other examples, finds the label of each. None of it depends on the
 * order of examples or labels, or on the axes of the feature space. More numbers fitted the domains
 * of training better and new ones worse.
 *
 * @param <T> a tensor
 */
final class SupportStatistics<T> {

  /*
   * Least squares on the centred labels Y − 1/N, with K the inner products of examples and λ a ridge,
   * gives the exact prediction for each example by the fit to the others: y − α ÷ diag A⁻¹, where
   * A = K + λI and α = A⁻¹Y (Hastie, Tibshirani & Friedman, section 7.10). An example's own share in a
   * fit makes every support set look well separated; leaving it out tells how hard the task is.
   */

  /** Numbers that describe a task. */
  static final int TASK = 5;

  /** At which sharpness the left-out predictions are looked at to tell how sure answers may be. */
  private static final List<Float> SHARPNESSES = List.of(2f, 4f, 8f, 16f);

  /** Numbers that describe how sure the answers of a task may be. */
  static final int CERTAINTY = TASK - 1 + SHARPNESSES.size();

  /** Examples that are left out to see: all of fewer, of more as many, evenly spread. */
  private static final int JUDGED = 256;

  private static final float RIDGE = 1f;

  /** Ridges whose evidence is weighed, and the λ that each stands for. */
  private static final List<Float> RIDGES = List.of(0.1f, 0.3f, RIDGE, 3f);

  private static final List<Float> REGULARISATIONS = List.of(0.03f, 0.1f, 0.4f, 1.2f);

  /** How much the log-likelihood of one left-out example counts. */
  private static final float STRENGTH = 0.3f;

  /** The best of these shows what a ridge is worth, as strong ones shrink all scores. */
  private static final List<Float> EVIDENCE_SHARPNESSES = List.of(2f, 4f, 8f, 16f, 32f);

  /** Beyond it an example says no more; about that of one chance in a million. */
  private static final float MAX_SURPRISE = 13.8f;

  /** A ridge is at least this share of the weight of all examples, for single precision's sake. */
  private static final float CONDITION_FLOOR = 1e-5f;

  /** Beyond it a number says no more: tasks unlike any that was trained on stay near those. */
  private static final float MAX_STATISTIC = 3f;

  private final Tensors<T> t;
  private final SupportSets<T> whole;
  private final SupportSets<T> sets;
  private final T target;
  private final T leftOut;
  private final T regularisation;
  private final T margin;
  private final T task;
  private final T certainty;

  SupportStatistics(Tensors<T> t, SupportSets<T> whole, SupportTensors<T> task) {
    this.t = t;
    this.whole = whole;
    this.sets =
        new SupportSets<>(
            t,
            new SupportTensors<>(
                t.pick(task.ones(), task.membership(), JUDGED),
                t.pick(task.membership(), task.membership(), JUDGED),
                task.labelRows(),
                task.labelColumns()));
    this.target = sets.masked(t.sub(sets.member(), t.div(t.scalar(1f), sets.labelCount())));
    T products = products();
    List<T> predictions = RIDGES.stream().map(ridge -> leftOut(products, ridge)).toList();
    this.leftOut = predictions.get(RIDGES.indexOf(RIDGE));
    this.regularisation = regularisation(predictions);
    this.margin = margin();
    T sizes = sizes();
    T success = scaled(sets.averages(List.of(t.sigmoid(t.mul(margin, t.scalar(10f))))), 0.5f, 3f);
    this.task = column(List.of(sizes, success, smallestSurprise()));
    this.certainty = column(List.of(sizes, success, surprises()));
  }

  /**
   * Inner products of the judged examples, a constant feature included, of length one where
   * features are longer: [B,E,E].
   */
  private T products() {
    T design = t.mul(sets.features(), sets.root());
    T squares = t.orderedSum(t.sum(t.mul(design, design), 2), 1);
    T length = t.max(t.div(squares, sets.totalWeight()), t.scalar(1f));
    return t.add(
        t.div(t.matmul(design, t.transpose(design)), length),
        t.matmul(sets.root(), t.transpose(sets.root())));
  }

  /** What least squares with a ridge, fitted to all others, predicts for each example: [B,E,N]. */
  private T leftOut(T products, float ridge) {
    T floor = t.mul(sets.totalWeight(), t.scalar(CONDITION_FLOOR));
    T inverse = t.inverse(products, t.max(floor, t.scalar(ridge)));
    T dual = t.matmul(inverse, t.mul(target, sets.root()));
    T residual = t.div(dual, t.mul(t.diagonal(inverse), sets.root()));
    return t.sub(target, sets.masked(residual));
  }

  /** The λ of the ridges, as a geometric mean weighted by their evidence: [B,1,1]. */
  private T regularisation(List<T> predictions) {
    T weight = t.where(t.greater(sets.companions(), t.scalar(0.5f)), sets.weight(), t.scalar(0f));
    T evidence = t.concat(2, predictions.stream().map(p -> evidence(p, weight)).toList());
    T shares = t.softmax(t.mul(evidence, t.scalar(STRENGTH)));
    T logarithm = t.mul(t.slice(shares, 2, 0, 1), logarithm(0));
    for (int i = 1; i < RIDGES.size(); i++) {
      logarithm = t.add(logarithm, t.mul(t.slice(shares, 2, i, i + 1), logarithm(i)));
    }
    return t.exp(logarithm);
  }

  private T logarithm(int ridge) {
    return t.scalar((float) Math.log(REGULARISATIONS.get(ridge)));
  }

  /** Log-likelihood of left-out labels at the best sharpness: [B,1,1]. */
  private T evidence(T predictions, T weight) {
    List<T> surprises =
        EVIDENCE_SHARPNESSES.stream()
            .map(s -> t.matmul(t.transpose(weight), surprise(predictions, s)))
            .toList();
    T least = surprises.get(0);
    for (T other : surprises.subList(1, surprises.size())) {
      least = t.min(least, other);
    }
    return t.sub(t.scalar(0f), least);
  }

  private T column(List<T> statistics) {
    T all = t.concat(2, statistics);
    return t.transpose(t.max(t.min(all, t.scalar(MAX_STATISTIC)), t.scalar(-MAX_STATISTIC)));
  }

  /** How far the true label is ahead of the best other one when its example is left out. */
  private T margin() {
    T own = t.sum(t.mul(leftOut, sets.member()), 2);
    T isOwn = t.greater(sets.member(), t.scalar(0f));
    T others = t.where(isOwn, t.scalar(DriftNetwork.MASKED), sets.open(leftOut));
    T best = t.largest(others, 2);
    T alone = t.greater(t.scalar(DriftNetwork.MASKED / 2), best);
    return t.where(alone, own, t.sub(own, best));
  }

  /** How surely an example that is left out gets its label, at the better of two: [B,1,1]. */
  private T smallestSurprise() {
    T both = sets.averages(List.of(surprise(leftOut, 4f), surprise(leftOut, 12f)));
    return inLabels(t.min(t.slice(both, 2, 0, 1), t.slice(both, 2, 1, 2)));
  }

  /** How surely, at every one of {@link #SHARPNESSES}: [B,1,4]. */
  private T surprises() {
    return inLabels(sets.averages(SHARPNESSES.stream().map(s -> surprise(leftOut, s)).toList()));
  }

  /** Surprise as a share of what guessing gives, around 0. */
  private T inLabels(T surprise) {
    T logLabels = t.max(t.log(sets.labelCount()), t.scalar(0.69f));
    return scaled(t.div(surprise, logLabels), 0.5f, 2f);
  }

  /** Cross-entropy of the left-out prediction at one sharpness: [B,M,1]. */
  private T surprise(T predictions, float sharpness) {
    T logarithms = t.logSoftmax(sets.open(t.mul(predictions, t.scalar(sharpness))));
    T bounded = t.max(logarithms, t.scalar(-MAX_SURPRISE));
    return t.sub(t.scalar(0f), t.sum(t.mul(bounded, sets.member()), 2));
  }

  /** Shots, labels and imbalance: [B,1,3]. */
  private T sizes() {
    T shots = t.div(whole.totalWeight(), whole.labelCount());
    T squares = t.orderedSum(t.mul(whole.counts(), whole.counts()), 1);
    T weights = t.mul(whole.totalWeight(), whole.totalWeight());
    T imbalance = t.div(t.mul(squares, whole.labelCount()), weights);
    return t.concat(
        2,
        List.of(
            scaled(t.log(shots), 1.5f, 0.7f),
            scaled(t.log(whole.labelCount()), 2.5f, 0.9f),
            t.log(imbalance)));
  }

  private T scaled(T value, float typical, float factor) {
    return t.mul(t.sub(value, t.scalar(typical)), t.scalar(factor));
  }

  /** [B,{@link #TASK},1]: the description of the task. */
  T task() {
    return task;
  }

  /**
   * The λ for which left-out examples get their labels most surely: [B,1,1]. Where no label has two
   * examples it is the middle of what there is.
   */
  T regularisation() {
    return regularisation;
  }

  /** [B,{@link #CERTAINTY},1]: how sure its answers may be. */
  T certainty() {
    return certainty;
  }
}
