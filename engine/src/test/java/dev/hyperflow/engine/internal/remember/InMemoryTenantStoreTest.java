package dev.hyperflow.engine.internal.remember;

class InMemoryTenantStoreTest extends TenantStoreContract {
  private final InMemoryTenantStore store = new InMemoryTenantStore();

  @Override
  protected TenantStore store() {
    return store;
  }
}
