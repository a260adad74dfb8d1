package dev.hyperflow.server.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.server.http.Required;
import java.util.List;

/** What is produced to the topics. */
public final class Write {
  private Write() {}

  /** What a support event does. */
  public enum Operation {
    ADD,
    RETRACT,
    FORGET_LABEL,
    DESCRIBE_LABEL,
    FEEDBACK,
    CONFIGURE,
    RENAME_LABEL,
    MERGE_LABELS
  }

  /**
   * A support event; which fields it needs depends on the operation.
   *
   * @param text what is to be encoded; beside features, the text that they were made from
   * @param timestamp event time, milliseconds since the epoch; now when absent
   * @param encoder names what made the features; where the application's own encoder is another,
   *     they are refused
   * @param targetLabel the new name of a label, or the label that takes its examples
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Support(
      @Required Operation operation,
      String eventId,
      String label,
      String text,
      List<Float> features,
      Float weight,
      Long expiresAt,
      String targetEventId,
      String queryId,
      Settings settings,
      Long timestamp,
      String encoder,
      String targetLabel) {

    /** The same event with another label. */
    public Support withLabel(String other) {
      return new Support(
          operation,
          eventId,
          other,
          text,
          features,
          weight,
          expiresAt,
          targetEventId,
          queryId,
          settings,
          timestamp,
          encoder,
          targetLabel);
    }

    /** An event of names alone; those that the operation does not need are null. */
    public static Support ofNames(
        Operation operation, String eventId, String label, String targetLabel, String queryId) {
      return new Support(
          operation,
          eventId,
          label,
          null,
          null,
          null,
          null,
          null,
          queryId,
          null,
          null,
          null,
          targetLabel);
    }
  }

  /** The new name of a label, which no label of the tenant has; without an id it gets one. */
  public record Rename(@Required String to, String eventId) {}

  /** The label that takes the examples of another; without an id it gets one. */
  public record Merge(@Required String into, String eventId) {}

  /** A tenant's settings, all of them; what is absent is as configured for all. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Settings(
      Integer examplesPerLabel, Consistency consistency, Float abstainBelow, Boolean pinned) {}

  /** A query: a text or features, not both; without an id it gets one. */
  public record Query(String text, List<Float> features, String queryId) {}

  /**
   * The true label of a remembered query.
   *
   * @param eventId names the event; without it the query names it, so that another label for the
   *     same query replaces this one
   */
  public record Feedback(@Required String queryId, @Required String label, String eventId) {}

  /** A support event that the brokers have. */
  public record SupportWritten(String eventId, String topic, int partition, long offset) {}

  /** A query that the brokers have. */
  public record QueryWritten(String queryId, String topic, int partition, long offset) {}
}
