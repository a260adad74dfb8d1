package dev.hyperflow.engine.event;

import java.util.List;
import java.util.Optional;

/** What the engine makes of an event. {@link #index()} is the event's place in the list it got. */
public sealed interface Output {

  /** The place, in the list handed to the engine, of the event this output belongs to. */
  int index();

  /**
   * The answer to a query.
   *
   * @param topLabels most probable first; empty when the tenant has no labels
   * @param abstained whether the best probability is below the threshold
   * @param initialLabel the label that the unadapted prototype head gives, absent without labels
   * @param support the support set that the answer was given from
   */
  record Answer(
      int index,
      String queryId,
      AnswerStatus status,
      List<LabelProbability> topLabels,
      boolean abstained,
      Optional<String> initialLabel,
      SupportSummary support)
      implements Output {}

  /**
   * A tenant's head was integrated anew.
   *
   * @param safeguarded whether the trajectory diverged, so that an earlier point of it was taken
   */
  record HeadAdapted(int index, AdaptedHead head, boolean safeguarded) implements Output {}

  /** A tenant's head was dropped, as examples that made it are gone; whoever has it must, too. */
  record HeadWithdrawn(int index) implements Output {}

  /** A support event took effect. */
  record Applied(int index) implements Output {}

  /**
   * A support event asked for something that is not there, e.g. the retraction of an unknown id.
   */
  record Ignored(int index, String why) implements Output {}

  /** The event was refused and goes to dead letters. */
  record Rejected(int index, Rejection rejection) implements Output {}

  /**
   * The support set behind an answer.
   *
   * @param fingerprint the order-independent hash of the examples
   * @param examples how many examples it holds
   * @param labels how many labels it holds
   * @param events support events applied for this tenant since it was last forgotten
   */
  record SupportSummary(Fingerprint fingerprint, int examples, int labels, long events) {}
}
