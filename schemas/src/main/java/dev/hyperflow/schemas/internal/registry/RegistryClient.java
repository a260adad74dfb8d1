package dev.hyperflow.schemas.internal.registry;

import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * What writing and reading records needs of a schema registry.
 *
 * <p>Schemas are registered as plain text: the Java-only property {@code avro.java.string} of
 * generated classes is left out, so that the id equals that of the {@code .avsc} registered by
 * anybody else.
 *
 * <p>Every method throws {@link RegistryException} when the registry refuses or cannot be reached;
 * the exceptions below name the error codes to expect. Implementations are thread-safe and hold
 * nothing that must be closed.
 */
public interface RegistryClient {
  /**
   * Returns the client for a configuration; equal configurations share one client with its caches
   * in this JVM. Nothing is contacted yet.
   *
   * @param configs keys of {@link RegistryConfig}; others are ignored
   * @throws org.apache.kafka.common.config.ConfigException if a value is missing or out of range,
   *     or a setting of Confluent's clients is not supported
   */
  static RegistryClient create(Map<String, ?> configs) {
    return RegistryClients.shared(RegistrySettings.of(configs));
  }

  /**
   * Registers a schema under a subject, or finds it there, and returns its global id. Idempotent.
   *
   * @throws RegistryException with {@link RegistryError#INCOMPATIBLE} if the subject's
   *     compatibility level forbids it, {@link RegistryError#INVALID_SCHEMA} if the registry cannot
   *     parse it
   */
  int register(String subject, Schema schema);

  /**
   * Returns the global id of a schema that is registered under a subject.
   *
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND} or {@link
   *     RegistryError#SCHEMA_NOT_FOUND} if it is not
   */
  int idOf(String subject, Schema schema);

  /**
   * Returns the schema with a global id.
   *
   * @throws RegistryException with {@link RegistryError#SCHEMA_NOT_FOUND} if there is none, {@link
   *     RegistryError#INVALID_SCHEMA} if it is not an Avro schema
   */
  Schema schemaById(int id);

  /**
   * Returns the schema with a GUID, which names it in every registry.
   *
   * @throws RegistryException as {@link #schemaById}
   */
  Schema schemaByGuid(UUID guid);

  /**
   * Returns the latest version of a subject; always asks the registry.
   *
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND}
   */
  RegisteredSchema latest(String subject);

  /**
   * Returns normally if a registry answers; for start-up checks. Changes nothing and bypasses all
   * caches.
   *
   * @throws RegistryException if no registry answers, or it refuses the credentials; the message
   *     names every URL that was tried
   */
  void ping();
}
