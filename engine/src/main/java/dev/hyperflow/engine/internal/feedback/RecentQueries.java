package dev.hyperflow.engine.internal.feedback;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The queries whose true label may still come. One caller at a time.
 *
 * <p>A query is known from the moment it is asked, though it is written only when it is answered.
 */
public final class RecentQueries {
  private record Key(String tenant, String queryId) {}

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
      asked.put(new Key(tenant, queryId), query);
    }
  }

  /** A query was answered, or could not be. */
  public void settled(String tenant, String queryId, RememberedQuery query) {
    if (windowMillis > 0) {
      asked.remove(new Key(tenant, queryId));
      store.putQuery(tenant, queryId, query);
    }
  }

  /**
   * The query, if it is remembered and not too old.
   *
   * @param timeMillis the tenant's event time
   */
  public Optional<RememberedQuery> find(String tenant, String queryId, long timeMillis) {
    RememberedQuery waiting = asked.get(new Key(tenant, queryId));
    Optional<RememberedQuery> found =
        waiting == null ? store.query(tenant, queryId) : Optional.of(waiting);
    return found.filter(query -> timeMillis - query.timestampMillis() <= windowMillis);
  }

  /** The query of that id that was settled last. */
  public Optional<RememberedQuery> settled(String tenant, String queryId) {
    return store.query(tenant, queryId);
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
