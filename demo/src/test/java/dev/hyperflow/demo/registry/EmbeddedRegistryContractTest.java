package dev.hyperflow.demo.registry;

import dev.hyperflow.schemas.internal.registry.RegistryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedRegistryContractTest extends RegistryContract {
  private static EmbeddedRegistry server;

  @BeforeAll
  static void start() {
    server = EmbeddedRegistry.start(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected String url() {
    return server.url();
  }
}
