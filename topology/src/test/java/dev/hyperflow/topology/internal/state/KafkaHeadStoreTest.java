package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import dev.hyperflow.models.Head;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads over a real RocksDB store. */
class KafkaHeadStoreTest {
  @TempDir Path directory;
  private RocksDbStores stores;
  private KeyValueStore<Bytes, byte[]> bytes;
  private KafkaHeadStore store;

  @BeforeEach
  void openStore() {
    stores = new RocksDbStores(directory);
    bytes = stores.open("heads");
    store = new KafkaHeadStore(bytes);
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Test
  void shouldKeepOneHeadPerTenantAndBundle() {
    store.put("t", head("one", 1));
    store.put("t", head("two", 2));
    store.put("t", head("one", 3));

    assertThat(store.get("t", "one").map(KeptHead::head)).contains(head("one", 3));
    assertThat(store.get("t", "two").map(KeptHead::head)).contains(head("two", 2));
    assertThat(store.get("t", "three")).isEmpty();
    assertThat(store.get("s", "one")).isEmpty();
  }

  @Test
  void shouldRemoveTheHeadOfOneBundle() {
    store.put("t", head("one", 1));
    store.put("t", head("two", 2));
    store.put("s", head("one", 3));

    store.remove("t", "one");

    assertThat(store.get("t", "one")).isEmpty();
    assertThat(store.get("t", "two")).isPresent();
    assertThat(store.get("s", "one")).isPresent();
  }

  @Test
  void shouldRetainTheHeadsOfSomeBundlesAndOfEveryOtherTenant() {
    List<String> others = List.of("tt", "", "t\u0000", "s");
    for (String tenant : List.of("t", "tt", "", "t\u0000", "s")) {
      for (String bundle : List.of("one", "two", "three")) {
        store.put(tenant, head(bundle, 1));
      }
    }

    store.retain("t", Set.of("two", "four"));

    assertThat(store.get("t", "one")).isEmpty();
    assertThat(store.get("t", "two")).isPresent();
    assertThat(store.get("t", "three")).isEmpty();
    for (String other : others) {
      assertThat(store.get(other, "one")).isPresent();
      assertThat(store.get(other, "three")).isPresent();
    }
  }

  @Test
  void shouldTakeAHeadOfAnotherLayoutForNone() {
    store.put("t", head("one", 1));
    bytes.put(Bytes.wrap(HeadLayout.key("t", "one")), new byte[] {99, 0, 0});

    assertThat(store.get("t", "one")).isEmpty();
  }

  private static AdaptedHead head(String bundle, float weight) {
    Head weights = Head.of(1, 2, new float[] {weight, 0, 1});
    return new AdaptedHead(bundle, new Fingerprint(1, 2), 3, List.of("red"), weights, weights);
  }
}
