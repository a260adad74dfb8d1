package dev.hyperflow.engine.internal.feedback;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where queries are remembered. One caller at a time. */
public interface RecentQueryStore {

  /** The tenant's query of that id. */
  Optional<RememberedQuery> query(String tenant, String queryId);

  /** Remembers a query, and by which event it got its label, if it has one. */
  void putQuery(String tenant, String queryId, RememberedQuery query);

  /** The id of the query that the feedback of an event gave a label, now or before. */
  Optional<String> labelledBy(String tenant, String eventId);

  /** Puts in the place of each query of the tenant what {@code change} makes of it. */
  void replaceQueries(String tenant, UnaryOperator<RememberedQuery> change);

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
