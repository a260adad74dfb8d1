package dev.hyperflow.server.json;

import java.util.List;

/** Remembered queries to review. Times are milliseconds since the epoch. */
public final class Queries {
  private Queries() {}

  /**
   * A part of the list.
   *
   * @param total queries that the filters leave, on all pages
   * @param complete false when an instance remembers too many to look at all of them
   * @param cursor asks for the next page; null on the last one
   * @param feedbackWindowMillis how long after its time a query takes a label
   */
  public record Page(
      long total,
      boolean complete,
      String cursor,
      long feedbackWindowMillis,
      Tenants.Texts texts,
      List<Row> queries) {}

  /**
   * A query, what it was answered, and what it would be answered now.
   *
   * @param text null where it is not kept or not shown
   * @param time event time of the query
   * @param status null where an earlier version of the application answered
   * @param label what was answered; null without labels
   * @param probability of that label; 0 without labels
   * @param initialLabel the answer before adaptation
   * @param disagreement whether adaptation changed the answer
   * @param scope null without labels or where the bundle tells none
   * @param labels by the head of now, most probable first; null where features of another encoder
   *     cannot be compared
   * @param feedback the label that feedback gave; null without feedback
   */
  public record Row(
      String tenant,
      String queryId,
      String text,
      long time,
      String status,
      String label,
      float probability,
      String initialLabel,
      boolean disagreement,
      Float scope,
      List<Predict.Probability> labels,
      Feedback feedback) {}

  /** The true label of a query, and the event that gave it: a retraction of it takes it back. */
  public record Feedback(String label, String eventId) {}
}
