package dev.hyperflow.app.review;

/**
 * What a review did. What was taken back is not counted among the labels.
 *
 * @param confirmed labels that were the answer
 * @param corrected labels that were another one
 * @param fresh labels among them that were new to the tenant
 * @param measured labels among them that are compared with an answer
 * @param skipped queries that got no label
 * @param takenBack labels that were taken back
 */
public record Tally(
    int confirmed, int corrected, int fresh, int measured, int skipped, int takenBack) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  /** Queries that got a label. */
  public int labelled() {
    return confirmed + corrected;
  }

  Tally with(Step step) {
    return counted(step, 1);
  }

  Tally without(Step step) {
    Tally less = counted(step, -1);
    return step.eventId().isEmpty()
        ? less
        : new Tally(
            less.confirmed, less.corrected, less.fresh, less.measured, less.skipped, takenBack + 1);
  }

  private Tally counted(Step step, int by) {
    if (step.eventId().isEmpty()) {
      return new Tally(confirmed, corrected, fresh, measured, skipped + by, takenBack);
    }
    return new Tally(
        confirmed + (step.isAnswer() ? by : 0),
        corrected + (step.isAnswer() ? 0 : by),
        fresh + (step.isNew() ? by : 0),
        measured + (step.query().label() == null ? 0 : by),
        skipped,
        takenBack);
  }
}
