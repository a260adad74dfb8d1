package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryRecentQueriesTest {
  private static final long WINDOW = 10;

  private final InMemoryRecentQueries store = new InMemoryRecentQueries();

  @Test
  void shouldKeepTheLastQueryOfAnId() {
    store.putQuery("t", "q", at(1));
    store.putQuery("t", "q", at(2));

    assertThat(store.query("t", "q")).contains(at(2));
    assertThat(store.query("u", "q")).isEmpty();
    assertThat(store.content()).hasSize(1);
  }

  @Test
  void shouldForgetTheQueriesOfOneTenantAlone() {
    store.putQuery("t", "q", at(1));
    store.putQuery("t", "r", at(1));
    store.putQuery("u", "q", at(1));

    store.removeQueries("t");

    assertThat(store.query("t", "q")).isEmpty();
    assertThat(store.query("t", "r")).isEmpty();
    assertThat(store.query("u", "q")).isPresent();
  }

  @Test
  void shouldSweepWhatIsOlderThanTheWindowBeforeItsTenantsNewest() {
    store.putQuery("t", "old", at(0));
    store.putQuery("t", "edge", at(1));
    store.putQuery("t", "new", at(1 + WINDOW));
    store.putQuery("u", "quiet", at(0));

    store.sweep(WINDOW, 100);

    assertThat(store.query("t", "old")).isEmpty();
    assertThat(store.query("t", "edge")).isPresent();
    assertThat(store.query("t", "new")).isPresent();
    assertThat(store.query("u", "quiet")).isPresent();
  }

  @Test
  void shouldGoOnWhereTheLastSweepEnded() {
    for (int i = 0; i < 4; i++) {
      store.putQuery("t", "young" + i, at(100));
    }
    store.putQuery("t", "old", at(0));

    store.sweep(WINDOW, 2);
    store.sweep(WINDOW, 2);
    assertThat(store.query("t", "old")).isPresent();

    store.sweep(WINDOW, 1);
    assertThat(store.query("t", "old")).isEmpty();
    assertThat(store.content()).hasSize(4);
  }

  private static RememberedQuery at(long timestampMillis) {
    return new RememberedQuery(
        timestampMillis, FeatureVector.of(new float[] {1}), "", Optional.empty(), Optional.empty());
  }
}
