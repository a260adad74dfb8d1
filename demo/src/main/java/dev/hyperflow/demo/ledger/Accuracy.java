package dev.hyperflow.demo.ledger;

/**
 * How often the answers before and after adaptation were right, over the same queries.
 *
 * @param queries judged queries
 * @param before right answers of the unadapted head
 * @param after right answers of the adapted head
 */
public record Accuracy(int queries, int before, int after) {

  /** No query judged yet. */
  public static final Accuracy NONE = new Accuracy(0, 0, 0);

  /** Whether there is anything to divide by. */
  public boolean isKnown() {
    return queries > 0;
  }

  /** Percentage of right answers before adaptation. */
  public double beforePercent() {
    return percent(before);
  }

  /** Percentage of right answers after adaptation. */
  public double afterPercent() {
    return percent(after);
  }

  /** What adaptation added, in percentage points. */
  public double gainPoints() {
    return afterPercent() - beforePercent();
  }

  /** Both over all queries of the two. */
  public Accuracy plus(Accuracy other) {
    return new Accuracy(queries + other.queries, before + other.before, after + other.after);
  }

  private double percent(int right) {
    return queries == 0 ? 0 : 100.0 * right / queries;
  }
}
