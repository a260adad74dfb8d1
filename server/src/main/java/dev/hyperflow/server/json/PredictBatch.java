package dev.hyperflow.server.json;

import dev.hyperflow.server.http.Problem;
import dev.hyperflow.server.http.Required;
import java.util.List;

/** Bodies of {@code POST /api/v1/tenants/{tenant}/predictions}. */
public final class PredictBatch {
  private PredictBatch() {}

  /** Questions to one head, answered together. */
  public record Request(@Required List<Question> queries, Integer topK) {}

  /** A text or features; the id comes back in the answer. */
  public record Question(String id, String text, List<Float> features) {}

  /**
   * The answers, in the order of the questions; {@code fingerprint} is null when all were refused.
   */
  public record Answers(
      String bundle, String fingerprint, int examples, List<Item> answers, double millis) {}

  /**
   * What became of a question.
   *
   * @param id as given, or null
   * @param status of the prediction; null when the question was refused
   * @param refusal why there is no answer; null when there is one
   */
  public record Item(
      String id,
      String status,
      String label,
      Float confidence,
      Boolean abstained,
      Float scope,
      List<Predict.Probability> labels,
      Problem refusal) {}
}
