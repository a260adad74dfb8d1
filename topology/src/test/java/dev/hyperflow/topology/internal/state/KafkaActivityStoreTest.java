package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.early.EarlyEvents;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets and quality over a real RocksDB store. */
class KafkaActivityStoreTest {
  private static final IntegrationBudget BUDGET = new IntegrationBudget(2.5, 7);
  private static final TenantQuality QUALITY =
      TenantQuality.NONE.observe(QualitySettings.defaults(), true, false);

  @TempDir Path directory;
  private RocksDbStores stores;
  private KafkaActivityStore store;

  @BeforeEach
  void openStore() {
    stores = new RocksDbStores(directory);
    store = new KafkaActivityStore(stores.open("activity"));
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Test
  void shouldKeepBudgetAndQualityApart() {
    assertThat(store.budget("t")).isEmpty();
    assertThat(store.quality("t")).isEmpty();

    store.putBudget("t", BUDGET);
    assertThat(store.quality("t")).isEmpty();
    store.putQuality("t", QUALITY);

    assertThat(store.budget("t")).contains(BUDGET);
    assertThat(store.quality("t")).contains(QUALITY);
  }

  @Test
  void shouldKeepEarlyEventsUntilThereAreNone() {
    EarlyEvents early = new EarlyEvents(List.of(), List.of(new Event.Retract("t", 1, "e")));
    assertThat(store.early("t")).isEqualTo(EarlyEvents.NONE);

    store.putEarly("t", early);
    assertThat(store.early("t")).isEqualTo(early);
    assertThat(store.early("u")).isEqualTo(EarlyEvents.NONE);

    store.removeActivity("t");
    assertThat(store.early("t")).isEqualTo(EarlyEvents.NONE);
    store.putEarly("t", early);
    store.putEarly("t", EarlyEvents.NONE);
    assertThat(store.early("t")).isEqualTo(EarlyEvents.NONE);
  }

  @Test
  void shouldReplace() {
    store.putBudget("t", BUDGET);
    store.putBudget("t", BUDGET.spent());

    assertThat(store.budget("t")).contains(BUDGET.spent());
  }

  @Test
  void shouldRemoveTheActivityOfATenantAndOfNoOther() {
    List<String> others = List.of("tt", "", "t\u0000", "s");
    for (String tenant : List.of("t", "tt", "", "t\u0000", "s")) {
      store.putBudget(tenant, BUDGET);
      store.putQuality(tenant, QUALITY);
    }

    store.removeActivity("t");

    assertThat(store.budget("t")).isEmpty();
    assertThat(store.quality("t")).isEmpty();
    for (String other : others) {
      assertThat(store.budget(other)).contains(BUDGET);
      assertThat(store.quality(other)).contains(QUALITY);
    }
  }
}
