package dev.hyperflow.engine.internal.early;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.NameRule;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps early events until what they are about comes, or their time is over. One caller at a time.
 *
 * <p>Time is the tenant's event time. At most so many events of a tenant are kept; the oldest give
 * way.
 */
public final class EarlyKeeper {
  /** How long a retraction waits for its example. */
  public static final long RETRACTION_WINDOW_MILLIS = 3_600_000;

  private final EarlyStore store;
  private final long feedbackWindowMillis;

  /**
   * A keeper over a store.
   *
   * @param feedbackWindowMillis how long feedback waits for its query
   */
  public EarlyKeeper(EarlyStore store, long feedbackWindowMillis) {
    this.store = store;
    this.feedbackWindowMillis = feedbackWindowMillis;
  }

  /**
   * Keeps feedback whose query has not come.
   *
   * @param timeMillis the tenant's event time
   */
  public void keep(Event.Feedback feedback, long timeMillis) {
    long since = since(timeMillis, feedbackWindowMillis);
    if (feedback.timestampMillis() >= since) {
      store.putEarly(feedback.tenant(), store.early(feedback.tenant()).with(feedback, since));
    }
  }

  /**
   * Keeps a retraction whose example has not come.
   *
   * @param timeMillis the tenant's event time
   */
  public void keep(Event.Retract retraction, long timeMillis) {
    long since = since(timeMillis, RETRACTION_WINDOW_MILLIS);
    if (retraction.timestampMillis() >= since) {
      store.putEarly(
          retraction.tenant(),
          store
              .early(retraction.tenant())
              .with(
                  new Event.Retract(
                      retraction.tenant(),
                      retraction.timestampMillis(),
                      NameRule.normal(retraction.eventId())),
                  since));
    }
  }

  /**
   * Takes the feedback that waits for a query, in the order of its arrival.
   *
   * @param timeMillis the tenant's event time
   */
  public List<Event.Feedback> take(Event.Query query, long timeMillis) {
    if (feedbackWindowMillis == 0) {
      return List.of();
    }
    String queryId = NameRule.normal(query.queryId());
    List<Event.Feedback> met = remove(query.tenant(), one -> one.queryId().equals(queryId));
    long since = since(timeMillis, feedbackWindowMillis);
    return met.stream().filter(one -> one.timestampMillis() >= since).toList();
  }

  /**
   * Forgets feedback that waits, with its label.
   *
   * @param timeMillis the tenant's event time
   * @return whether any could still have met its query
   */
  public boolean forgetLabel(String tenant, String label, long timeMillis) {
    long since = since(timeMillis, feedbackWindowMillis);
    return remove(tenant, one -> one.label().equals(label)).stream()
        .anyMatch(one -> one.timestampMillis() >= since);
  }

  private List<Event.Feedback> remove(String tenant, Predicate<Event.Feedback> gone) {
    EarlyEvents early = store.early(tenant);
    List<Event.Feedback> removed = early.feedback().stream().filter(gone).toList();
    if (!removed.isEmpty()) {
      store.putEarly(tenant, early.without(gone));
    }
    return removed;
  }

  /**
   * Feedback that waits names a label by its new name.
   *
   * @param timeMillis the tenant's event time
   * @return whether any has changed that can still meet its query
   */
  public boolean relabel(String tenant, String label, String target, long timeMillis) {
    if (label.equals(target)) {
      return false;
    }
    EarlyEvents early = store.early(tenant);
    List<Event.Feedback> changed =
        early.feedback().stream().filter(one -> one.label().equals(label)).toList();
    if (!changed.isEmpty()) {
      store.putEarly(tenant, early.relabelled(label, target));
    }
    long since = since(timeMillis, feedbackWindowMillis);
    return changed.stream().anyMatch(one -> one.timestampMillis() >= since);
  }

  /**
   * Whether an example was retracted before it came: by a retraction of a later timestamp.
   *
   * @param timeMillis the tenant's event time
   */
  public boolean isRetracted(Event.Labelled event, long timeMillis) {
    long since = Math.max(since(timeMillis, RETRACTION_WINDOW_MILLIS), event.timestampMillis() + 1);
    return store.early(event.tenant()).retractions().stream()
        .anyMatch(one -> one.eventId().equals(event.eventId()) && one.timestampMillis() >= since);
  }

  private static long since(long timeMillis, long windowMillis) {
    return timeMillis - Math.min(windowMillis, timeMillis);
  }
}
