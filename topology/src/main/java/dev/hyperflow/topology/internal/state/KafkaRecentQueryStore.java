package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.feedback.RecentQueryStore;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Recent queries in a Kafka Streams store. Used by its task's stream thread only. */
final class KafkaRecentQueryStore implements RecentQueryStore {
  // The sweep goes through the store again and again, a few entries at a time. What is too old is
  // measured against the newest query of the same tenant met in the same round, so that one
  // tenant's clock never reaches another's queries: the newest is remembered while the round is
  // within the tenant, and what was passed before it was met is caught in the next round.

  private final KeyValueStore<Bytes, byte[]> queries;
  private final FeaturePrecision precision;
  private Bytes cursor;
  private byte[] tenant = {};
  private long newestMillis;

  KafkaRecentQueryStore(KeyValueStore<Bytes, byte[]> queries, FeaturePrecision precision) {
    this.queries = queries;
    this.precision = precision;
  }

  @Override
  public Optional<RememberedQuery> query(String owner, String queryId) {
    return Optional.ofNullable(queries.get(Bytes.wrap(RecentQueryLayout.key(owner, queryId))))
        .map(RecentQueryLayout::query);
  }

  @Override
  public void putQuery(String owner, String queryId, RememberedQuery query) {
    queries.put(
        Bytes.wrap(RecentQueryLayout.key(owner, queryId)),
        RecentQueryLayout.value(query, precision));
    query
        .feedback()
        .ifPresent(
            given ->
                queries.put(
                    Bytes.wrap(RecentQueryLayout.feedbackKey(owner, given.eventId())),
                    RecentQueryLayout.feedbackValue(query.timestampMillis(), queryId)));
  }

  @Override
  public Optional<String> labelledBy(String owner, String eventId) {
    return Optional.ofNullable(
            queries.get(Bytes.wrap(RecentQueryLayout.feedbackKey(owner, eventId))))
        .map(RecentQueryLayout::labelled);
  }

  @Override
  public void replaceQueries(String owner, UnaryOperator<RememberedQuery> change) {
    List<KeyValue<Bytes, byte[]>> changed = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = Prefixes.scan(queries, owner)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (RecentQueryLayout.queryId(entry.key.get()).isEmpty()) {
          continue; // says which query feedback was for
        }
        RememberedQuery before = RecentQueryLayout.query(entry.value);
        RememberedQuery after = change.apply(before);
        if (!after.equals(before)) {
          changed.add(KeyValue.pair(entry.key, RecentQueryLayout.value(after, precision)));
        }
      }
    }
    queries.putAll(changed);
  }

  @Override
  public void removeQueries(String owner) {
    Prefixes.removeAll(queries, owner);
  }

  @Override
  public void sweep(long windowMillis, int most) {
    List<Bytes> old = new ArrayList<>();
    int seen = 0;
    try (KeyValueIterator<Bytes, byte[]> entries = queries.range(cursor, null)) {
      while (seen < most && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        seen++;
        cursor = Bytes.wrap(Arrays.copyOf(entry.key.get(), entry.key.get().length + 1));
        long timestampMillis = RecentQueryLayout.timestampMillis(entry.value);
        meet(TenantKey.prefixOf(entry.key.get()), timestampMillis);
        if (newestMillis - timestampMillis > windowMillis) {
          old.add(entry.key);
        }
      }
    }
    if (seen < most) {
      cursor = null;
    }
    old.forEach(queries::delete);
  }

  private void meet(byte[] owner, long timestampMillis) {
    if (Arrays.equals(owner, tenant)) {
      newestMillis = Math.max(newestMillis, timestampMillis);
    } else {
      tenant = owner;
      newestMillis = timestampMillis;
    }
  }
}
