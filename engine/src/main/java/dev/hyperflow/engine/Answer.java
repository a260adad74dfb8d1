package dev.hyperflow.engine;

import dev.hyperflow.engine.internal.event.Output;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a query. Immutable.
 *
 * @param status how the answer came about
 * @param top the most probable labels, best first; empty while the tenant has no labels
 * @param abstained whether the answer is not to be acted on. The best probability is below the
 *     threshold of {@link PersonalizerOptions.Builder#abstainBelow}, or the status is {@link
 *     Status#NONE_OF_THESE} or {@link Status#NO_LABELS}
 * @param scope the calibrated probability that the text belongs to one of the labels at all, 0 to
 *     1; empty without labels, and where the bundle has no scope score
 * @param bundleId the model bundle that answered, with a hash of its content
 * @param fingerprint the support set that answered, as {@link Personalizer#fingerprint} gives it
 */
public record Answer(
    Status status,
    List<Candidate> top,
    boolean abstained,
    Optional<Float> scope,
    String bundleId,
    String fingerprint) {

  /** How an answer came about. */
  public enum Status {
    /** A head adapted to the tenant's support set answered. */
    PERSONALISED,
    /** The tenant has a single label, or knows its labels by their descriptions alone. */
    COLD_START,
    /** The tenant has no labels, so the answer has none. */
    NO_LABELS,
    /**
     * The scope is below the threshold of {@link PersonalizerOptions.Builder#noneBelow}: the text
     * probably belongs to none of the labels. The most probable ones are given all the same.
     */
    NONE_OF_THESE
  }

  /**
   * A label and its calibrated probability.
   *
   * @param label the name that examples gave it
   * @param probability from 0 to 1; those of all labels of a tenant sum to 1
   */
  public record Candidate(String label, float probability) {}

  /** Copies the list. */
  public Answer {
    top = List.copyOf(top);
  }

  /**
   * The most probable label; empty while the tenant has no labels. An answer that {@linkplain
   * #abstained abstained} has one, too.
   */
  public Optional<String> label() {
    return top.stream().findFirst().map(Candidate::label);
  }

  static Answer of(Output.Answer given) {
    Output.Verdict verdict = given.verdict();
    return new Answer(
        Status.valueOf(verdict.status().name()),
        verdict.topLabels().stream()
            .map(label -> new Candidate(label.label(), label.probability()))
            .toList(),
        verdict.abstained(),
        verdict.scope(),
        given.bundleId(),
        given.support().fingerprint().toHex());
  }
}
