package dev.hyperflow.schemas.internal.registry;

import java.util.List;
import java.util.Map;

/**
 * The write face of a registry: what sets one up, as opposed to what reading and writing records
 * needs. Caches nothing. Errors, threads and closing as in {@link RegistryClient}.
 */
public interface RegistryAdmin extends RegistryClient {
  /**
   * Returns an uncached client for a configuration. Nothing is contacted yet.
   *
   * @param configs keys of {@link RegistryConfig}; others are ignored
   * @throws org.apache.kafka.common.config.ConfigException if a value is missing or out of range
   */
  static RegistryAdmin create(Map<String, ?> configs) {
    return RegistryClients.direct(RegistrySettings.of(configs));
  }

  /** Returns the names of all subjects that have versions, in no particular order. */
  List<String> subjects();

  /** Returns the level of subjects that have none of their own. */
  CompatibilityLevel defaultCompatibility();

  /** Sets the level of subjects that have none of their own. */
  void setDefaultCompatibility(CompatibilityLevel level);

  /** Returns the level that applies to a subject, which need not exist. */
  CompatibilityLevel compatibility(String subject);

  /**
   * Sets the level of one subject, which need not exist yet; only Apicurio wants it to exist when
   * the level is NONE.
   */
  void setCompatibility(String subject, CompatibilityLevel level);

  /**
   * Deletes all versions of a subject and returns them. Their ids stay readable.
   *
   * @throws RegistryException with {@link RegistryError#SUBJECT_NOT_FOUND}
   */
  List<Integer> deleteSubject(String subject);
}
