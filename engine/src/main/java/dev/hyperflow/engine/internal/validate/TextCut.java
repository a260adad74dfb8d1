package dev.hyperflow.engine.internal.validate;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Payload;
import java.util.Optional;

/** Cuts texts to the limit, where they may be longer. Immutable and thread-safe. */
public final class TextCut {
  private final Limits limits;

  public TextCut(Limits limits) {
    this.limits = limits;
  }

  /** The event with its text cut; the event itself when nothing is to be cut. */
  public Event cut(Event event) {
    Optional<String> text = event.toEncode().flatMap(Payload::source);
    if (limits.longTexts() == LongTexts.REFUSE
        || text.isEmpty()
        || text.get().length() <= limits.textLength()) {
      return event;
    }
    Cutting cutting = new Cutting(kept(text.get()), event);
    event.handle(cutting);
    return cutting.cut;
  }

  /** Of a text's signs none is halved. */
  private String kept(String text) {
    if (limits.longTexts() == LongTexts.KEEP_HEAD) {
      int end = limits.textLength();
      return text.substring(0, Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end);
    }
    int start = text.length() - limits.textLength();
    return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
  }

  /** Makes the same event with another text. */
  private static final class Cutting implements Event.Handler {
    private final String text;
    private Event cut;

    Cutting(String text, Event event) {
      this.text = text;
      this.cut = event;
    }

    private Payload cut(Payload payload) {
      return payload instanceof Payload.Features features
          ? new Payload.Features(features.vector(), Optional.of(text))
          : new Payload.Text(text);
    }

    @Override
    public void add(Event.Add add) {
      cut =
          new Event.Add(
              add.tenant(),
              add.timestampMillis(),
              add.eventId(),
              add.label(),
              add.terms(),
              cut(add.payload()));
    }

    @Override
    public void describe(Event.Describe describe) {
      cut =
          new Event.Describe(
              describe.tenant(),
              describe.timestampMillis(),
              describe.eventId(),
              describe.label(),
              describe.terms(),
              cut(describe.payload()));
    }

    @Override
    public void query(Event.Query query) {
      cut =
          new Event.Query(
              query.tenant(), query.timestampMillis(), query.queryId(), cut(query.payload()));
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      cut =
          new Event.Feedback(
              feedback.tenant(),
              feedback.timestampMillis(),
              feedback.eventId(),
              feedback.queryId(),
              feedback.label(),
              feedback.terms(),
              feedback.otherwise().map(this::cut));
    }

    @Override
    public void retract(Event.Retract retract) {
      // Has no text.
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      // Has no text.
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      // Has no text.
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      // Has no text.
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      // Has no text.
    }

    @Override
    public void configure(Event.Configure configure) {
      // Has no text.
    }
  }
}
