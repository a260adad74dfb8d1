package dev.hyperflow.server.json;

import dev.hyperflow.server.http.Required;
import java.util.List;

/** Bodies of {@code POST /api/v1/tenants/{tenant}/predict}. */
public final class Predict {
  private Predict() {}

  /** What is asked: a text, features, or the id of a remembered query. */
  public record Request(
      String text,
      List<Float> features,
      String queryId,
      Integer topK,
      List<With> with,
      List<String> without,
      Boolean influence) {}

  /**
   * An example that is to be added for this prediction alone; with the event id that it is going to
   * be added under, the answer is the same to the last bit as it will be then.
   */
  public record With(
      @Required String label, String text, List<Float> features, Float weight, String eventId) {}

  /**
   * A prediction; {@code influence} and {@code texts} are null unless influence was asked for,
   * {@code scope} without labels or where the bundle has no scope score.
   */
  public record Answer(
      String status,
      String label,
      float confidence,
      boolean abstained,
      Float scope,
      List<Probability> labels,
      String initialLabel,
      String bundle,
      String fingerprint,
      int examples,
      boolean whatIf,
      List<Influence> influence,
      Tenants.Texts texts,
      double millis) {}

  /** A label's calibrated probability. */
  public record Probability(String label, float probability) {}

  /** What the prediction would be without an example; {@code text} is null where not shown. */
  public record Influence(
      String eventId, String label, String text, float probabilityWithout, float change) {}
}
