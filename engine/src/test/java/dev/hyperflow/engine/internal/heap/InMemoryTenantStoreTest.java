package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.engine.internal.remember.TenantStoreContract;
import org.junit.jupiter.api.Test;

class InMemoryTenantStoreTest extends TenantStoreContract {
  private final InMemoryTenantStore store = new InMemoryTenantStore();

  @Override
  protected TenantStore store() {
    return store;
  }

  @Test
  void shouldNotChangeACopy() {
    store.putMeta("t", TenantMeta.EMPTY);
    store.putSlotOf("t", "e", new Slot(0, 0));
    InMemoryTenantStore copy = store.copy();

    store.removeSlotOf("t", "e");
    store.putSlotOf("u", "f", new Slot(0, 1));

    assertThat(copy.slotOf("t", "e")).contains(new Slot(0, 0));
    assertThat(copy.slotOf("u", "f")).isEmpty();
    assertThat(copy.entries()).isEqualTo(2);
    assertThat(store.entries()).isEqualTo(2);
  }
}
