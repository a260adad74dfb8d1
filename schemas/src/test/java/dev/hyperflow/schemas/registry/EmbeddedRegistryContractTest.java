package dev.hyperflow.schemas.registry;

import dev.hyperflow.schemas.registry.embedded.EmbeddedRegistry;
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
  String url() {
    return server.url();
  }
}
