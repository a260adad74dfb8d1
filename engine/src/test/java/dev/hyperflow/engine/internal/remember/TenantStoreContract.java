package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        TenantMeta.of(
            facts(example.fingerprint()),
            List.of(new LabelRing(3, "red", List.of(1), true, RingPolicy.NEWEST)));
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
      store().putMeta(tenant, TenantMeta.of(facts(Fingerprint.EMPTY), List.of()));
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

  @Test
  void shouldGiveTenantsInTheOrderOfTheirBytesAFewAtATime() {
    for (String tenant : List.of("b", "a", "aa", "ä", "a\u0000")) {
      store().putMeta(tenant, TenantMeta.of(facts(Fingerprint.EMPTY), List.of()));
    }

    assertThat(store().tenants(Optional.empty(), 3)).containsExactly("a", "a\u0000", "aa");
    assertThat(store().tenants(Optional.of("aa"), 3)).containsExactly("b", "ä");
    assertThat(store().tenants(Optional.of("a"), 1)).containsExactly("a\u0000");
    assertThat(store().tenants(Optional.of("ä"), 3)).isEmpty();
  }

  private Map<Slot, Example> examples(String tenant) {
    Map<Slot, Example> found = new HashMap<>();
    store().forEachExample(tenant, found::put);
    return found;
  }

  private static Example example(String id, float value) {
    return new Example(
        id,
        5,
        new ExampleTerms(1, 77),
        new Fingerprint(1, 2),
        FeatureVector.of(new float[] {value, -0f}),
        Optional.of("text of " + id));
  }

  private static TenantFacts facts(Fingerprint fingerprint) {
    return new TenantFacts(
        new TenantFacts.Counters(1, 4),
        new TenantFacts.Features(2, "space"),
        fingerprint,
        new TenantFacts.Clock(5, 77),
        new TenantSettings(
            Optional.of(3), Optional.of(Consistency.LATEST), Optional.of(0.5f), true));
  }
}
