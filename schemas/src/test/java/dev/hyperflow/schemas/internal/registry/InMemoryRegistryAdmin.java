package dev.hyperflow.schemas.internal.registry;

import java.util.List;
import org.apache.avro.Schema;

/** Administers a registry in the same JVM. Thread-safe. */
final class InMemoryRegistryAdmin extends RegistryAdmin {
  private final InMemoryRegistry registry;

  InMemoryRegistryAdmin(InMemoryRegistry registry) {
    super(new InMemoryRegistryClient(registry));
    this.registry = registry;
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
