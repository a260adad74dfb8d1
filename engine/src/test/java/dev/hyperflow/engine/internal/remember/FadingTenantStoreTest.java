package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import org.junit.jupiter.api.Test;

class FadingTenantStoreTest {
  private static final FeatureVector FEATURES = FeatureVector.of(new float[] {1, 0});
  private static final MemorySettings SETTINGS =
      new MemorySettings(5, 4, 20, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1);

  private final FadingTenantStore store =
      new FadingTenantStore(new InMemoryTenantStore(), Fading.OFF);
  private final SupportMemory memory = new SupportMemory(store, SETTINGS, tenant -> "");

  @Test
  void shouldKeepNoNamesOfTenantsThatNobodyKnows() {
    for (int i = 0; i < 100; i++) {
      store.meta("tenant " + i);
    }

    assertThat(store.met()).isZero();
  }

  @Test
  void shouldKeepTheNameOfATenantForAsLongAsItHasExamples() {
    for (String tenant : new String[] {"retracted", "forgotten", "there"}) {
      memory.add(
          new Event.Add(
              tenant, 0, "e", "red", ExampleTerms.ORDINARY, new Payload.Features(FEATURES)),
          FEATURES);
      store.meta(tenant);
    }
    assertThat(store.met()).isEqualTo(3);

    memory.retract("retracted", "e", 1);
    store.meta("retracted");
    memory.forgetTenant("forgotten");

    assertThat(store.met()).isEqualTo(1);
  }
}
