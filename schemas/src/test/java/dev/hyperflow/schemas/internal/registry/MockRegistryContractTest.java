package dev.hyperflow.schemas.internal.registry;

class MockRegistryContractTest extends RegistryContract {
  @Override
  protected String url() {
    return "mock://contract";
  }
}
