package dev.hyperflow.engine.internal.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the engine makes of an event. {@link #index()} is the event's place in the list it got, or
 * {@link #NO_EVENT} for work that the engine did in the background.
 */
public sealed interface Output {

  /** The index of an output that belongs to no event. */
  int NO_EVENT = -1;

  /** The place, in the list handed to the engine, of the event this output belongs to. */
  int index();

  /** Calls the handler's method for the kind of output that this is. */
  void handle(Handler handler);

  /** Has a method for every kind of output, so that a new kind compiles only once it is handled. */
  interface Handler extends SettledHandler {

    void headAdapted(HeadAdapted adapted);

    void headWithdrawn(HeadWithdrawn withdrawn);

    void tested(Tested tested);

    void qualityReported(QualityReported reported);

    void shadowAnswered(ShadowAnswered answered);

    void textRead(TextRead read);

    void feedbackMet(FeedbackMet met);

    void backgroundFailed(BackgroundFailed failed);
  }

  /** What became of an event; every event has exactly one such output. */
  sealed interface Settled extends Output {

    /** Calls the handler's method for the kind of output that this is. */
    void handle(SettledHandler handler);

    @Override
    default void handle(Handler handler) {
      handle((SettledHandler) handler);
    }
  }

  /** Has a method for every kind of {@link Settled}. */
  interface SettledHandler {

    void answer(Answer answer);

    void applied(Applied applied);

    void ignored(Ignored ignored);

    void rejected(Rejected rejected);
  }

  /**
   * The answer to a query.
   *
   * @param bundleId the bundle that answered
   * @param verdict what the answer says
   * @param support the support set behind the head that answered
   */
  record Answer(int index, String queryId, String bundleId, Verdict verdict, SupportSummary support)
      implements Settled {
    @Override
    public void handle(SettledHandler handler) {
      handler.answer(this);
    }
  }

  /**
   * What an answer says.
   *
   * @param status how the answer came about
   * @param topLabels most probable first; empty when the tenant has no labels
   * @param abstained whether the answer is not to be acted on: a probability is below its threshold
   *     or there is no label
   * @param initialLabel the label that the unadapted prototype head gives, absent without labels
   * @param scope the probability that the query belongs to one of the labels, 0 to 1; absent
   *     without labels or where the bundle has no fit for it
   */
  record Verdict(
      AnswerStatus status,
      List<LabelProbability> topLabels,
      boolean abstained,
      Optional<String> initialLabel,
      Optional<Float> scope) {

    /** The most probable label, absent without labels. */
    public Optional<String> label() {
      return topLabels.isEmpty() ? Optional.empty() : Optional.of(topLabels.get(0).label());
    }
  }

  /**
   * A tenant's head was integrated anew.
   *
   * @param tenant whose head it is
   * @param timestampMillis the event time that the support set had reached, milliseconds
   * @param safeguarded whether the trajectory diverged, so that an earlier point of it was taken
   */
  record HeadAdapted(
      int index, String tenant, long timestampMillis, AdaptedHead head, boolean safeguarded)
      implements Output {
    @Override
    public void handle(Handler handler) {
      handler.headAdapted(this);
    }
  }

  /** A tenant's head was dropped, as examples that made it are gone; whoever has it must, too. */
  record HeadWithdrawn(int index) implements Output {
    @Override
    public void handle(Handler handler) {
      handler.headWithdrawn(this);
    }
  }

  /** A support event took effect. */
  record Applied(int index) implements Settled {
    @Override
    public void handle(SettledHandler handler) {
      handler.applied(this);
    }
  }

  /**
   * A support event asked for nothing new: the retraction of an unknown id, a duplicate, feedback
   * that comes too late.
   *
   * @param reason one whose fate is {@link Reason.Fate#IGNORED}
   */
  record Ignored(int index, Reason reason) implements Settled {
    @Override
    public void handle(SettledHandler handler) {
      handler.ignored(this);
    }
  }

  /** The event was refused and goes to dead letters. */
  record Rejected(int index, Rejection rejection) implements Settled {
    @Override
    public void handle(SettledHandler handler) {
      handler.rejected(this);
    }
  }

  /**
   * A label that became known was compared with what the heads say: test, then train.
   *
   * @param before whether the unadapted head was right
   * @param after whether the adapted head was right
   * @param shadow whether the head of the bundle in shadow was right, if there is one
   */
  record Tested(int index, boolean before, boolean after, Optional<Boolean> shadow)
      implements Output {
    @Override
    public void handle(Handler handler) {
      handler.tested(this);
    }
  }

  /** The live quality of a tenant, to be published. */
  record QualityReported(int index, QualityReport report) implements Output {
    @Override
    public void handle(Handler handler) {
      handler.qualityReported(this);
    }
  }

  /** Two bundles answered the same query. */
  record ShadowAnswered(int index, boolean agreed) implements Output {
    @Override
    public void handle(Handler handler) {
      handler.shadowAnswered(this);
    }
  }

  /**
   * What of an event's text was read. It comes before what becomes of the event.
   *
   * @param known tokens that the encoder knows
   * @param unknown tokens that it does not know
   * @param cut who read a part of the text only
   */
  record TextRead(int index, int known, int unknown, Cut cut) implements Output {

    /** Who cut a text. */
    public enum Cut {
      /** Nobody: all of it was read. */
      NONE,
      /** The limit on the length of texts. */
      LIMIT,
      /** The encoder, which reads so many tokens. */
      ENCODER
    }

    @Override
    public void handle(Handler handler) {
      handler.textRead(this);
    }
  }

  /**
   * Feedback that had come before its query took effect with it. The feedback itself was settled
   * when it came.
   *
   * @param index the query's
   * @param why the reason for which it changed nothing after all; empty when it was applied
   */
  record FeedbackMet(int index, Event.Feedback feedback, Optional<Reason> why) implements Output {
    @Override
    public void handle(Handler handler) {
      handler.feedbackMet(this);
    }
  }

  /** The background work could not integrate a tenant's head. */
  record BackgroundFailed(int index, String tenant, Rejection rejection) implements Output {
    @Override
    public void handle(Handler handler) {
      handler.backgroundFailed(this);
    }
  }

  /**
   * The support set behind an answer.
   *
   * @param fingerprint the order-independent hash of the examples
   * @param examples how many examples it holds
   * @param labels how many labels it holds
   * @param events support events applied for this tenant since it was last forgotten; absent when
   *     the head that answered is older than some of them
   */
  record SupportSummary(Fingerprint fingerprint, int examples, int labels, OptionalLong events) {}
}
