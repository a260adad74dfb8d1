package dev.hyperflow.engine.internal.feedback;

import java.util.Optional;

/** Where queries are remembered. One caller at a time. */
public interface RecentQueryStore {

  /** The tenant's query of that id. */
  Optional<RememberedQuery> query(String tenant, String queryId);

  /** Remembers a query. */
  void putQuery(String tenant, String queryId, RememberedQuery query);

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
