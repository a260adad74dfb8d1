package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantFacts;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what {@link KafkaTenantStore} wrote. */
class TenantReaderTest {
  private static final Fingerprint FINGERPRINT = new Fingerprint(1, 2);
  private static final Slot FIRST = new Slot(0, 0);
  private static final Slot SECOND = new Slot(0, 1);

  @TempDir Path directory;
  private final Map<String, KeyValueStore<Bytes, byte[]>> byName = new HashMap<>();
  private RocksDbStores stores;
  private KafkaTenantStore store;
  private TenantReader reader;

  @BeforeEach
  void openStores() {
    stores = new RocksDbStores(directory);
    List.of(
            StoreNames.SUPPORT_MEMORY,
            StoreNames.TENANT_META,
            StoreNames.EXAMPLE_INDEX,
            StoreNames.TENANT_ACTIVITY,
            StoreNames.RECENT_QUERIES)
        .forEach(name -> byName.put(name, stores.open(name)));
    store =
        new KafkaTenantStore(
            byName.get(StoreNames.SUPPORT_MEMORY),
            byName.get(StoreNames.TENANT_META),
            byName.get(StoreNames.EXAMPLE_INDEX),
            FeaturePrecision.FLOAT32);
    reader = new TenantReader(byName::get);
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Test
  void shouldKnowNothingOfATenantThatWasNeverSeen() {
    assertThat(reader.meta("nobody")).isEqualTo(TenantMeta.EMPTY);
    assertThat(reader.quality("nobody")).isEmpty();
    assertThat(reader.snapshot("nobody").examples()).isEmpty();
    assertThat(reader.snapshot("nobody").isWhole()).isTrue();
  }

  @Test
  void shouldReadRememberedQueriesOfOneTenantAndOfAll() {
    // Given
    KafkaRecentQueryStore queries =
        new KafkaRecentQueryStore(byName.get(StoreNames.RECENT_QUERIES), FeaturePrecision.FLOAT32);
    queries.putQuery("acme", "q1", query(Optional.of(new GivenLabel("red", "e1"))));
    queries.putQuery("acme", "q2", query(Optional.empty()));
    queries.putQuery("acme2", "q1", query(Optional.empty()));

    // When
    List<String> own = new ArrayList<>();
    reader.forEachQuery(Optional.of("acme"), (tenant, id, query) -> own.add(tenant + "/" + id));
    List<String> all = new ArrayList<>();
    reader.forEachQuery(Optional.empty(), (tenant, id, query) -> all.add(tenant + "/" + id));
    List<String> first = new ArrayList<>();
    reader.forEachQuery(Optional.of("acme"), (tenant, id, query) -> !first.add(id));

    // Then
    assertThat(own).containsExactlyInAnyOrder("acme/q1", "acme/q2");
    assertThat(all).containsExactlyInAnyOrder("acme/q1", "acme/q2", "acme2/q1");
    assertThat(first).hasSize(1);
    assertThat(reader.query("acme", "q2")).contains(query(Optional.empty()));
    assertThat(reader.query("acme", "q3")).isEmpty();
  }

  private static RememberedQuery query(Optional<GivenLabel> feedback) {
    return new RememberedQuery(
        5,
        FeatureVector.of(new float[] {1}),
        "",
        Optional.of("a text"),
        Optional.empty(),
        feedback,
        feedback.isPresent());
  }

  @Test
  void shouldReadMetaAndExamplesOfOneTenantOnly() {
    // Given
    store.putMeta("acme", meta(FINGERPRINT, 0, 1));
    store.putExample("acme", FIRST, example("e1", new Fingerprint(1, 0)));
    store.putExample("acme", SECOND, example("e2", new Fingerprint(0, 2)));
    store.putExample("acme2", FIRST, example("other", FINGERPRINT));

    // When
    TenantSnapshot snapshot = reader.snapshot("acme");

    // Then
    assertThat(snapshot.meta().fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(snapshot.examples()).containsOnlyKeys(FIRST, SECOND);
    assertThat(snapshot.examples().get(SECOND).eventId()).isEqualTo("e2");
    assertThat(snapshot.isWhole()).isTrue();
  }

  @Test
  void shouldTellThatAMemoryIsNotWhole() {
    store.putMeta("acme", meta(FINGERPRINT, 0, 1));
    store.putExample("acme", FIRST, example("e1", new Fingerprint(1, 0)));

    assertThat(reader.snapshot("acme").isWhole()).isFalse();
  }

  @Test
  void shouldHandOverEveryTenantWithItsMeta() {
    // Given
    store.putMeta("acme", meta(FINGERPRINT, 0));
    store.putMeta("zeta", meta(new Fingerprint(8, 8), 3));

    // When
    Map<String, TenantMeta> seen = new HashMap<>();
    reader.forEach(seen::put);

    // Then
    assertThat(seen).containsOnlyKeys("acme", "zeta");
    assertThat(seen.get("zeta").fingerprint()).isEqualTo(new Fingerprint(8, 8));
  }

  @Test
  void shouldAskForItsStoresAnewEachTime() {
    List<String> asked = new ArrayList<>();
    TenantReader counting =
        new TenantReader(
            name -> {
              asked.add(name);
              return byName.get(name);
            });

    counting.meta("acme");
    counting.meta("acme");
    counting.quality("acme");

    assertThat(asked)
        .containsExactly(
            StoreNames.TENANT_META, StoreNames.TENANT_META, StoreNames.TENANT_ACTIVITY);
  }

  private static Example example(String eventId, Fingerprint fingerprint) {
    return new Example(
        eventId,
        42,
        ExampleTerms.ORDINARY,
        fingerprint,
        FeatureVector.of(new float[] {1, 2}),
        Optional.empty());
  }

  private static TenantMeta meta(Fingerprint fingerprint, Integer... places) {
    return TenantMeta.of(
        new TenantFacts(
            new TenantFacts.Counters(places.length, 1),
            new TenantFacts.Features(2, ""),
            fingerprint,
            new TenantFacts.Clock(42, Long.MAX_VALUE),
            TenantSettings.DEFAULTS),
        List.of(new LabelRing(0, "billing", List.of(places), false, RingPolicy.NEWEST)));
  }
}
