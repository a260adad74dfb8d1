package dev.hyperflow.schemas.internal.registry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The registries behind {@code mock://scope} URLs: one per scope name in this JVM, for tests.
 * Thread-safe.
 */
final class MockRegistries {
  private static final ConcurrentMap<String, InMemoryRegistry> SCOPES = new ConcurrentHashMap<>();

  private MockRegistries() {}

  static InMemoryRegistry scope(String name) {
    return SCOPES.computeIfAbsent(
        name, scope -> InMemoryRegistry.open("mock://" + scope, RegistryStore.NONE));
  }

  /** Forgets a scope: its next user starts with an empty registry. */
  static void drop(String scope) {
    SCOPES.remove(scope);
  }
}
