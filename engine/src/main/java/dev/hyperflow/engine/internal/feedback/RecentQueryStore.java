package dev.hyperflow.engine.internal.feedback;

import java.util.Optional;

/** Where queries are remembered. One caller at a time. */
public interface RecentQueryStore {

  /** The tenant's query of that id. */
  Optional<RememberedQuery> query(String tenant, String queryId);

  /** Remembers a query, and by which event it got its label, if it has one. */
  void putQuery(String tenant, String queryId, RememberedQuery query);

  /** The id of the query that the feedback of an event gave a label, now or before. */
  Optional<String> labelledBy(String tenant, String eventId);

  /** Forgets all queries of the tenant. */
  void removeQueries(String tenant);

  /**
   * Forgets queries that are too old, going on from where the last call ended.
   *
   * @param windowMillis how much older than its tenant's newest remembered query one may be
   * @param most maximum number of queries to look at
   */
  void sweep(long windowMillis, int most);
}
