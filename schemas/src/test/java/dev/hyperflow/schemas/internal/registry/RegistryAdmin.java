package dev.hyperflow.schemas.internal.registry;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Sets up a registry for a test and looks into it. The product itself only registers, reads and
 * pings. Caches nothing; errors and threads as in {@link RegistryClient}.
 */
public abstract class RegistryAdmin implements RegistryClient {
  private final RegistryClient client;

  RegistryAdmin(RegistryClient client) {
    this.client = client;
  }

  /**
   * Returns an uncached client for a configuration. Nothing is contacted yet.
   *
   * @param configs keys of {@link RegistryConfig}; others are ignored
   * @throws org.apache.kafka.common.config.ConfigException if a value is missing or out of range
   */
  public static RegistryAdmin create(Map<String, ?> configs) {
    RegistrySettings settings = RegistrySettings.of(configs);
    String scope = settings.mockScope();
    return scope == null
        ? new HttpRegistryAdmin(new RegistryTransport(settings))
        : new InMemoryRegistryAdmin(MockRegistries.scope(scope));
  }

  /** Forgets what is behind {@code mock://scope}: its next user starts with an empty registry. */
  public static void drop(String scope) {
    MockRegistries.drop(scope);
  }

  /**
   * Returns one version of a subject.
   *
   * @param version 1 or more
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND} or {@link
   *     RegistryError#VERSION_NOT_FOUND}
   */
  public abstract RegisteredSchema version(String subject, int version);

  /**
   * Returns the versions of a subject, ascending.
   *
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND}
   */
  public abstract List<Integer> versions(String subject);

  /**
   * Returns whether a schema is compatible with the latest version of a subject; true for a subject
   * without versions. Under a transitive level {@link #register} may still refuse it for an earlier
   * version: registries disagree on how to ask for all of them.
   *
   * @throws RegistryException with {@link RegistryError#INVALID_SCHEMA}
   */
  public abstract boolean isCompatible(String subject, Schema schema);

  /** Returns the names of all subjects that have versions, in no particular order. */
  public abstract List<String> subjects();

  /** Returns the level of subjects that have none of their own. */
  public abstract CompatibilityLevel defaultCompatibility();

  /** Sets the level of subjects that have none of their own. */
  public abstract void setDefaultCompatibility(CompatibilityLevel level);

  /** Returns the level that applies to a subject, which need not exist. */
  public abstract CompatibilityLevel compatibility(String subject);

  /**
   * Sets the level of one subject, which need not exist yet; only Apicurio wants it to exist when
   * the level is NONE.
   */
  public abstract void setCompatibility(String subject, CompatibilityLevel level);

  /**
   * Deletes all versions of a subject and returns them. Their ids stay readable.
   *
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND}
   */
  public abstract List<Integer> deleteSubject(String subject);

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
}
