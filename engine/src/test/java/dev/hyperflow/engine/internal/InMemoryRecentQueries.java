package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.feedback.RecentQueryStore;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Recent queries on the heap; never swept. */
final class InMemoryRecentQueries implements RecentQueryStore {
  private record Key(String tenant, String queryId) {}

  private final Map<Key, RememberedQuery> queries = new HashMap<>();

  @Override
  public Optional<RememberedQuery> query(String tenant, String queryId) {
    return Optional.ofNullable(queries.get(new Key(tenant, queryId)));
  }

  @Override
  public void putQuery(String tenant, String queryId, RememberedQuery query) {
    queries.put(new Key(tenant, queryId), query);
  }

  @Override
  public void removeQueries(String tenant) {
    queries.keySet().removeIf(key -> key.tenant().equals(tenant));
  }

  @Override
  public void sweep(long windowMillis, int most) {}

  /** Everything kept, for comparison. */
  Map<?, RememberedQuery> content() {
    return queries;
  }
}
