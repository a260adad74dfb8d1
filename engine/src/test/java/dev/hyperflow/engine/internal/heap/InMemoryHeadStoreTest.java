package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import dev.hyperflow.models.Head;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryHeadStoreTest {
  private final InMemoryHeadStore store = new InMemoryHeadStore();

  @Test
  void shouldKeepOneHeadForATenantAndABundle() {
    store.put("t", head("one", 1));
    store.put("t", head("one", 2));
    store.put("t", head("two", 3));
    store.put("u", head("one", 4));

    assertThat(store.size()).isEqualTo(3);
    assertThat(store.get("t", "one").map(KeptHead::head)).contains(head("one", 2));
    assertThat(store.head("t", "two")).contains(head("two", 3));
    assertThat(store.get("t", "three")).isEmpty();
    assertThat(store.get("nobody", "one")).isEmpty();
  }

  @Test
  void shouldRemoveTheHeadOfOneBundleAlone() {
    store.put("t", head("one", 1));
    store.put("t", head("two", 2));

    store.remove("t", "one");
    store.remove("nobody", "one");

    assertThat(store.get("t", "one")).isEmpty();
    assertThat(store.head("t", "two")).isPresent();
  }

  @Test
  void shouldRetainTheNamedBundlesOfOneTenantAlone() {
    store.put("t", head("one", 1));
    store.put("t", head("two", 2));
    store.put("u", head("one", 3));

    store.retain("t", Set.of("two"));
    assertThat(store.head("t", "one")).isEmpty();
    assertThat(store.head("t", "two")).isPresent();

    store.retain("t", Set.of());
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.head("u", "one")).isPresent();
  }

  private static AdaptedHead head(String bundle, float weight) {
    Head weights = Head.of(1, 1, new float[] {weight, 0});
    return new AdaptedHead(bundle, Fingerprint.EMPTY, 1, List.of("red"), weights, weights);
  }
}
