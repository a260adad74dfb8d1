package dev.hyperflow.schemas.internal.registry;

import java.util.UUID;
import org.apache.avro.Schema;

/** A client of a registry in the same JVM. Thread-safe. */
final class InMemoryRegistryClient implements RegistryClient {
  private final InMemoryRegistry registry;

  InMemoryRegistryClient(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public int register(String subject, Schema schema) {
    return registry.register(subject, SchemaText.of(schema)).id();
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return registry.lookUp(subject, SchemaText.of(schema)).id();
  }

  @Override
  public Schema schemaById(int id) {
    return SchemaText.parseLeniently(registry.schema(id));
  }

  @Override
  public Schema schemaByGuid(UUID guid) {
    return SchemaText.parseLeniently(registry.schema(guid).text());
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return registered(registry.latest(subject));
  }

  @Override
  public void ping() {}

  static RegisteredSchema registered(InMemoryRegistry.Entry entry) {
    return new RegisteredSchema(
        entry.subject(), entry.id(), entry.version(), SchemaText.parseLeniently(entry.text()));
  }
}
