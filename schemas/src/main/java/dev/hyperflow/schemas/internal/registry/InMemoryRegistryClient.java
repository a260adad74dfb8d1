package dev.hyperflow.schemas.internal.registry;

import java.util.List;
import org.apache.avro.Schema;

/** A client of a registry in the same JVM. Thread-safe. */
final class InMemoryRegistryClient implements RegistryAdmin {
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
  public RegisteredSchema latest(String subject) {
    return registered(registry.latest(subject));
  }

  @Override
  public RegisteredSchema version(String subject, int version) {
    return registered(registry.version(subject, version));
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
  public void ping() {}

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

  private static RegisteredSchema registered(InMemoryRegistry.Entry entry) {
    return new RegisteredSchema(
        entry.subject(), entry.id(), entry.version(), SchemaText.parseLeniently(entry.text()));
  }
}
