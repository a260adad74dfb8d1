package dev.hyperflow.engine.internal.early;

import dev.hyperflow.engine.internal.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The events of one tenant that came before what they are about, in the order of their arrival.
 * Immutable.
 *
 * @param feedback labels of queries that have not come
 * @param retractions removals of examples that have not come
 */
public record EarlyEvents(List<Event.Feedback> feedback, List<Event.Retract> retractions) {

  /** What a tenant has for which nothing waits. */
  public static final EarlyEvents NONE = new EarlyEvents(List.of(), List.of());

  /** Maximum number of events of each kind. */
  static final int MAX_EVENTS = 128;

  /** Maximum number of characters of all ids and labels of a kind. */
  static final int MAX_CHARACTERS = 32_768;

  public EarlyEvents {
    feedback = List.copyOf(feedback);
    retractions = List.copyOf(retractions);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return feedback.isEmpty() && retractions.isEmpty();
  }

  /** With one more; what is older than {@code since}, and the oldest beyond the bounds, go. */
  EarlyEvents with(Event.Feedback added, long since) {
    List<Event.Feedback> kept = new ArrayList<>(feedback);
    kept.removeIf(
        early -> early.timestampMillis() < since || early.eventId().equals(added.eventId()));
    kept.add(added);
    return new EarlyEvents(bounded(kept, EarlyEvents::characters), retractions);
  }

  private static <E> List<E> bounded(List<E> kept, ToIntFunction<E> characters) {
    while (kept.size() > MAX_EVENTS || kept.stream().mapToInt(characters).sum() > MAX_CHARACTERS) {
      kept.remove(0);
    }
    return kept;
  }

  /** With another name of a label. */
  EarlyEvents relabelled(String label, String target) {
    List<Event.Feedback> kept = new ArrayList<>();
    for (Event.Feedback early : feedback) {
      kept.add(
          early.label().equals(label)
              ? new Event.Feedback(
                  early.tenant(),
                  early.timestampMillis(),
                  early.eventId(),
                  early.queryId(),
                  target,
                  early.terms())
              : early);
    }
    return new EarlyEvents(bounded(kept, EarlyEvents::characters), retractions);
  }

  /** With one more, as above. Of two retractions of one id the later one stays. */
  EarlyEvents with(Event.Retract added, long since) {
    List<Event.Retract> kept = new ArrayList<>(retractions);
    long latest =
        kept.stream()
            .filter(early -> early.eventId().equals(added.eventId()))
            .mapToLong(Event.Retract::timestampMillis)
            .reduce(added.timestampMillis(), Math::max);
    kept.removeIf(
        early -> early.timestampMillis() < since || early.eventId().equals(added.eventId()));
    kept.add(new Event.Retract(added.tenant(), latest, added.eventId()));
    return new EarlyEvents(feedback, bounded(kept, early -> early.eventId().length()));
  }

  /** Without some of the feedback. */
  EarlyEvents without(Predicate<Event.Feedback> gone) {
    return new EarlyEvents(feedback.stream().filter(gone.negate()).toList(), retractions);
  }

  private static int characters(Event.Feedback early) {
    return early.eventId().length() + early.queryId().length() + early.label().length();
  }
}
