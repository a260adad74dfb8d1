package dev.hyperflow.schemas.internal.registry;

import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;

/** Administers a registry in the same JVM. Thread-safe. */
final class InMemoryRegistryAdmin implements RegistryAdmin {
  private final InMemoryRegistry registry;
  private final RegistryClient client;

  InMemoryRegistryAdmin(InMemoryRegistry registry) {
    this.registry = registry;
    this.client = new InMemoryRegistryClient(registry);
  }

  @Override
  public int register(String subject, Schema schema) {
    return client.register(subject, schema);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return client.idOf(subject, schema);
  }

  @Override
  public Schema schemaById(int id) {
    return client.schemaById(id);
  }

  @Override
  public Schema schemaByGuid(UUID guid) {
    return client.schemaByGuid(guid);
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return client.latest(subject);
  }

  @Override
  public void ping() {
    client.ping();
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return InMemoryRegistryClient.registered(registry.version(subject, version));
  }

  @Override
  public List<Integer> versions(String subject) {
    return registry.versions(subject);
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    return registry.incompatibilities(subject, SchemaText.of(schema)).isEmpty();
  }

  @Override
  public List<String> subjects() {
    return registry.subjects();
  }

  @Override
  public CompatibilityLevel defaultCompatibility() {
    return registry.compatibility();
  }

  @Override
  public void setDefaultCompatibility(CompatibilityLevel level) {
    registry.setCompatibility(level);
  }

  @Override
  public CompatibilityLevel compatibility(String subject) {
    return registry.effectiveCompatibility(subject);
  }

  @Override
  public void setCompatibility(String subject, CompatibilityLevel level) {
    registry.setCompatibility(subject, level);
  }

  @Override
  public List<Integer> deleteSubject(String subject) {
    return registry.delete(subject, false);
  }
}
