package dev.hyperflow.schemas.registry;

class MockRegistryContractTest extends RegistryContract {
  @Override
  String url() {
    return "mock://contract";
  }
}
