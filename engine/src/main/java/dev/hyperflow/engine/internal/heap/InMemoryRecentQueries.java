package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.feedback.RecentQueryStore;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Recent queries on the heap. For one thread.
 *
 * <p>Forgetting a tenant, and replacing its queries, look at the queries of all tenants; the other
 * operations do not.
 */
public final class InMemoryRecentQueries implements RecentQueryStore {
  // The map is a ring for the sweep: a query that is looked at and stays goes to the end, so that
  // the next sweep begins with the query after it.

  private record Key(String tenant, String id) {}

  private final Map<Key, RememberedQuery> queries = new LinkedHashMap<>();
  private final Map<Key, String> labelledBy = new HashMap<>();
  private final Map<String, Long> newestMillis = new HashMap<>();
  private final Optional<String> unnamed;

  /** Remembers queries of any id. */
  public InMemoryRecentQueries() {
    this.unnamed = Optional.empty();
  }

  /**
   * Remembers all queries but those without a name.
   *
   * @param unnamed the id that stands for none
   */
  public InMemoryRecentQueries(String unnamed) {
    this.unnamed = Optional.of(unnamed);
  }

  @Override
  public Optional<RememberedQuery> query(String tenant, String queryId) {
    return Optional.ofNullable(queries.get(new Key(tenant, queryId)));
  }

  @Override
  public void putQuery(String tenant, String queryId, RememberedQuery query) {
    if (unnamed.filter(queryId::equals).isPresent()) {
      return;
    }
    queries.put(new Key(tenant, queryId), query);
    newestMillis.merge(tenant, query.timestampMillis(), Math::max);
    query.feedback().ifPresent(given -> labelledBy.put(new Key(tenant, given.eventId()), queryId));
  }

  @Override
  public Optional<String> labelledBy(String tenant, String eventId) {
    return Optional.ofNullable(labelledBy.get(new Key(tenant, eventId)));
  }

  @Override
  public void replaceQueries(String tenant, UnaryOperator<RememberedQuery> change) {
    queries.replaceAll((key, query) -> key.tenant().equals(tenant) ? change.apply(query) : query);
  }

  @Override
  public void removeQueries(String tenant) {
    queries.keySet().removeIf(key -> key.tenant().equals(tenant));
    labelledBy.keySet().removeIf(key -> key.tenant().equals(tenant));
    newestMillis.remove(tenant);
  }

  @Override
  public void sweep(long windowMillis, int most) {
    for (int looks = Math.min(most, queries.size()); looks > 0; looks--) {
      Iterator<Map.Entry<Key, RememberedQuery>> ring = queries.entrySet().iterator();
      Map.Entry<Key, RememberedQuery> first = ring.next();
      Key key = first.getKey();
      RememberedQuery query = first.getValue();
      ring.remove();
      if (newestMillis.get(key.tenant()) - query.timestampMillis() <= windowMillis) {
        queries.put(key, query);
      } else {
        query
            .feedback()
            .ifPresent(given -> labelledBy.remove(new Key(key.tenant(), given.eventId())));
      }
    }
  }

  /** A copy of what is kept, for comparison. */
  public Map<?, RememberedQuery> content() {
    return Map.copyOf(queries);
  }
}
