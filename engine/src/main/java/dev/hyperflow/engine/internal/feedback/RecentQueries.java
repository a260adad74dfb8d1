package dev.hyperflow.engine.internal.feedback;

import dev.hyperflow.engine.internal.event.NameRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queries whose true label may still come. One caller at a time.
 *
 * <p>The normal form of its id names a query.
 *
 * <p>A query is known from the moment it is asked, though it is written only when it is answered.
 */
public final class RecentQueries {
  private record Key(String tenant, String queryId) {
    static Key of(String tenant, String queryId) {
      return new Key(tenant, NameRule.normal(queryId));
    }
  }

  /** What is left behind of queries in the store once they are this many windows old. */
  private static final int WINDOWS_KEPT = 2;

  private final RecentQueryStore store;
  private final long windowMillis;
  private final Map<Key, RememberedQuery> asked = new HashMap<>();

  /**
   * Recent queries over a store.
   *
   * @param windowMillis how long after a query its label is taken, in event time; 0 for never
   */
  public RecentQueries(RecentQueryStore store, long windowMillis) {
    this.store = store;
    this.windowMillis = windowMillis;
  }

  /** A query was asked; its answer follows. */
  public void asked(String tenant, String queryId, RememberedQuery query) {
    if (windowMillis > 0) {
      asked.put(Key.of(tenant, queryId), query);
    }
  }

  /** A query was answered, or could not be. */
  public void settled(String tenant, String queryId, RememberedQuery query) {
    if (windowMillis > 0) {
      asked.remove(Key.of(tenant, queryId));
      store.putQuery(tenant, NameRule.normal(queryId), query);
    }
  }

  /** The query, if it is remembered; it may be too old. */
  public Optional<RememberedQuery> find(String tenant, String queryId) {
    RememberedQuery waiting = asked.get(Key.of(tenant, queryId));
    return waiting == null ? settled(tenant, queryId) : Optional.of(waiting);
  }

  /**
   * Whether the label of a query comes too late.
   *
   * @param timeMillis the tenant's event time
   */
  public boolean isTooOld(RememberedQuery query, long timeMillis) {
    return timeMillis - query.timestampMillis() > windowMillis;
  }

  /** The query of that id that was settled last. */
  public Optional<RememberedQuery> settled(String tenant, String queryId) {
    return store.query(tenant, NameRule.normal(queryId));
  }

  /**
   * Feedback gave a settled query its label.
   *
   * @param measured whether the label was compared with the answer
   */
  public void labelled(String tenant, String queryId, GivenLabel label, boolean measured) {
    RememberedQuery query = store.query(tenant, queryId).orElseThrow();
    RememberedQuery labelled = query.with(Optional.of(label), query.measured() || measured);
    if (!labelled.equals(query)) {
      store.putQuery(tenant, queryId, labelled);
    }
  }

  /** An event was taken back; if it was feedback, its query waits for a label again. */
  public void retracted(String tenant, String eventId) {
    if (windowMillis == 0) {
      return;
    }
    String normal = NameRule.normal(eventId);
    Optional<String> queryId = store.labelledBy(tenant, normal);
    Optional<RememberedQuery> query = queryId.flatMap(id -> store.query(tenant, id));
    query
        .filter(found -> found.feedback().map(GivenLabel::eventId).equals(Optional.of(normal)))
        .ifPresent(
            found ->
                store.putQuery(
                    tenant, queryId.orElseThrow(), found.with(Optional.empty(), found.measured())));
  }

  /** Has answers name a label by its new name; none of the tenant's queries may be waiting. */
  public void relabel(String tenant, String label, String target) {
    if (windowMillis > 0) {
      store.replaceQueries(tenant, query -> query.relabelled(label, target));
    }
  }

  /** Forgets all queries of the tenant; none of them may be waiting for its answer. */
  public void forget(String tenant) {
    store.removeQueries(tenant);
  }

  /** Drops what is too old from the store, a few at a time. */
  public void sweep(int most) {
    if (windowMillis > 0) {
      store.sweep(Math.min(windowMillis, Long.MAX_VALUE / WINDOWS_KEPT) * WINDOWS_KEPT, most);
    }
  }
}
