package dev.hyperflow.models.internal;

/**
 * Tells how probable it is that a text belongs to one of a task's labels at all. Immutable, safe
 * for use by many threads.
 */
public final class ScopeScore {

  /*
   * Energy, after Liu et al. 2020 (arXiv 2010.03759), of the head that a trajectory starts from.
   * Its logits are scale · (x·μ − ‖μ‖²/2) for the label means μ, so that for features of length 1
   *
   *   d² = ‖x − μ‖² = 1 − 2 · logit / scale.
   *
   * A mean of K examples is itself off by a K-th of the scatter, so that texts in scope are about
   * 1 + 1/K times as far away, and texts out of scope less so. Three quarters of it give the best
   * likelihood on training sets, hence
   *
   *   energy = τ · ln( 1/N · Σ exp( −d² / (1 + ¾ · 1/K) / τ ) ),   K = M / N,
   *
   * which is comparable between tasks of any number of labels N and of examples M. The energy of
   * the adapted head is as good inside a task. It is not comparable between tasks: adaptation
   * stretches logits, the more the more examples there are (docs/evaluation.md).
   */
  private static final double UNCERTAINTY = 0.75;

  private final double headScale;
  private final Manifest.Scope fit;

  private ScopeScore(double headScale, Manifest.Scope fit) {
    this.headScale = headScale;
    this.fit = fit;
  }

  /**
   * A score with a fit.
   *
   * @param headScale factor of the means in initial heads, which have the bias {@code nearest-mean}
   */
  public static ScopeScore of(double headScale, Manifest.Scope fit) {
    return new ScopeScore(headScale, fit);
  }

  /**
   * The energy of a text: 0 at a label's mean, negative elsewhere; high in scope.
   *
   * @param initialLogits its logits under the initial head, at least one and all finite
   * @param examples number of examples of the task, at least 1
   */
  public double energy(float[] initialLogits, int examples) {
    int labels = initialLogits.length;
    double width = (1 + UNCERTAINTY * labels / examples) * fit.temperature();
    double nearest = Double.POSITIVE_INFINITY;
    for (float logit : initialLogits) {
      nearest = Math.min(nearest, distance(logit));
    }
    double sum = 0;
    for (float logit : initialLogits) {
      sum += StrictMath.exp((nearest - distance(logit)) / width);
    }
    return fit.temperature() * (StrictMath.log(sum / labels) - nearest / width);
  }

  private double distance(float logit) {
    return 1 - 2 * logit / headScale;
  }

  /**
   * The probability that a text belongs to one of the labels, where half of all texts do; 0 to 1.
   *
   * @param initialLogits its logits under the initial head, at least one and all finite
   * @param examples number of examples of the task, at least 1
   */
  public float probability(float[] initialLogits, int examples) {
    double logit = fit.scale() * energy(initialLogits, examples) + fit.offset();
    return (float) (1 / (1 + StrictMath.exp(-logit)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScopeScore that
        && Double.compare(headScale, that.headScale) == 0
        && fit.equals(that.fit);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(headScale) + fit.hashCode();
  }

  @Override
  public String toString() {
    return "ScopeScore[headScale=%s, fit=%s]".formatted(headScale, fit);
  }
}
