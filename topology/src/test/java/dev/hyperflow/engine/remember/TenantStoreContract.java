package dev.hyperflow.engine.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Fingerprint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every tenant store must do. */
public abstract class TenantStoreContract {
  private static final Slot SLOT = new Slot(3, 1);

  /** The store under test, empty. */
  protected abstract TenantStore store();

  @Test
  void shouldKnowNothingAtFirst() {
    assertThat(store().meta("t")).isSameAs(TenantMeta.EMPTY);
    assertThat(store().example("t", SLOT)).isEmpty();
    assertThat(store().slotOf("t", "e")).isEmpty();
    assertThat(examples("t")).isEmpty();
  }

  @Test
  void shouldGiveBackWhatWasKept() {
    Example example = example("e", 1);
    TenantMeta meta =
        TenantMeta.of(1, 4, 2, example.fingerprint(), List.of(new LabelRing(3, "red", List.of(1))));
    store().putExample("t", SLOT, example);
    store().putSlotOf("t", "e", SLOT);
    store().putMeta("t", meta);

    assertThat(store().example("t", SLOT)).contains(example);
    assertThat(store().slotOf("t", "e")).contains(SLOT);
    assertThat(store().meta("t")).usingRecursiveComparison().isEqualTo(meta);
    assertThat(examples("t")).containsExactly(Map.entry(SLOT, example));
  }

  @Test
  void shouldReplaceAndRemove() {
    store().putExample("t", SLOT, example("e", 1));
    store().putExample("t", SLOT, example("f", 2));
    store().putSlotOf("t", "e", SLOT);

    assertThat(examples("t")).containsExactly(Map.entry(SLOT, example("f", 2)));

    store().removeExample("t", SLOT);
    store().removeSlotOf("t", "e");

    assertThat(examples("t")).isEmpty();
    assertThat(store().slotOf("t", "e")).isEmpty();
  }

  @Test
  void shouldRemoveATenantWholeAndNoOther() {
    for (String tenant : List.of("t", "tt", "", "t\u0000", "s")) {
      store().putExample(tenant, SLOT, example("e", 1));
      store().putExample(tenant, new Slot(-1, 0), example("f", 1));
      store().putSlotOf(tenant, "e", SLOT);
      store().putMeta(tenant, TenantMeta.of(1, 4, 2, Fingerprint.EMPTY, List.of()));
    }

    store().removeTenant("t");

    assertThat(examples("t")).isEmpty();
    assertThat(store().slotOf("t", "e")).isEmpty();
    assertThat(store().meta("t")).isSameAs(TenantMeta.EMPTY);
    for (String other : List.of("tt", "", "t\u0000", "s")) {
      assertThat(examples(other)).hasSize(2);
      assertThat(store().slotOf(other, "e")).contains(SLOT);
      assertThat(store().meta(other).events()).isEqualTo(1);
    }
  }

  private Map<Slot, Example> examples(String tenant) {
    Map<Slot, Example> found = new HashMap<>();
    store().forEachExample(tenant, found::put);
    return found;
  }

  private static Example example(String id, float value) {
    return new Example(id, 5, 1, new Fingerprint(1, 2), FeatureVector.of(new float[] {value, -0f}));
  }
}
