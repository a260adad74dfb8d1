package dev.hyperflow.schemas.registry;

class MockRegistryContractTest extends RegistryContract {
  @Override
  protected String url() {
    return "mock://contract";
  }
}
