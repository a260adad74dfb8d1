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
    Optional<String> text = event.toEncode().flatMap(Payload::source).filter(this::isCut);
    if (text.isEmpty()) {
      return event;
    }
    String kept = kept(text.get());
    return event.withPayload(
        payload ->
            payload instanceof Payload.Features features
                ? new Payload.Features(features.vector(), Optional.of(kept))
                : new Payload.Text(kept));
  }

  /** The text cut; the text itself when nothing is to be cut. */
  public String cut(String text) {
    return isCut(text) ? kept(text) : text;
  }

  private boolean isCut(String text) {
    return limits.longTexts() != LongTexts.REFUSE && text.length() > limits.textLength();
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
}
