package dev.hyperflow.schemas.internal.registry;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole content of a registry at one moment. Immutable.
 *
 * @param schemas schema text by global id; an id is never reused
 * @param subjects subjects by name
 * @param compatibility level of subjects that have none of their own
 */
public record RegistryState(
    SortedMap<Integer, String> schemas,
    SortedMap<String, Subject> subjects,
    CompatibilityLevel compatibility) {

  /** An empty registry, compatibility BACKWARD. */
  public static final RegistryState EMPTY =
      new RegistryState(new TreeMap<>(), new TreeMap<>(), CompatibilityLevel.BACKWARD);

  /** Copies the maps. */
  public RegistryState {
    schemas = Collections.unmodifiableSortedMap(new TreeMap<>(schemas));
    subjects = Collections.unmodifiableSortedMap(new TreeMap<>(subjects));
  }

  /**
   * One subject.
   *
   * @param versions schema ids by version
   * @param lastVersion the highest version ever given, so that a deleted one is not given again
   * @param compatibility the subject's own level; null for the default
   */
  public record Subject(
      SortedMap<Integer, Integer> versions, int lastVersion, CompatibilityLevel compatibility) {
    static final Subject EMPTY = new Subject(new TreeMap<>(), 0, null);

    /** Copies the map. */
    public Subject {
      versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    Subject withVersion(int id) {
      SortedMap<Integer, Integer> more = new TreeMap<>(versions);
      more.put(lastVersion + 1, id);
      return new Subject(more, lastVersion + 1, compatibility);
    }

    Subject withoutVersions() {
      return new Subject(new TreeMap<>(), lastVersion, compatibility);
    }

    Subject withoutVersion(int version) {
      SortedMap<Integer, Integer> fewer = new TreeMap<>(versions);
      fewer.remove(version);
      return new Subject(fewer, lastVersion, compatibility);
    }

    Subject withCompatibility(CompatibilityLevel level) {
      return new Subject(versions, lastVersion, level);
    }
  }

  Subject subject(String name) {
    return subjects.getOrDefault(name, Subject.EMPTY);
  }

  RegistryState withSubject(String name, Subject subject) {
    SortedMap<String, Subject> more = new TreeMap<>(subjects);
    more.put(name, subject);
    return new RegistryState(schemas, more, compatibility);
  }

  RegistryState withoutSubject(String name) {
    SortedMap<String, Subject> fewer = new TreeMap<>(subjects);
    fewer.remove(name);
    return new RegistryState(schemas, fewer, compatibility);
  }

  RegistryState withSchema(int id, String text) {
    SortedMap<Integer, String> more = new TreeMap<>(schemas);
    more.put(id, text);
    return new RegistryState(more, subjects, compatibility);
  }

  RegistryState withCompatibility(CompatibilityLevel level) {
    return new RegistryState(schemas, subjects, level);
  }

  int nextId() {
    return schemas.isEmpty() ? 1 : schemas.lastKey() + 1;
  }

  /** Returns the id of a schema text; null if it has none. */
  Integer idOf(String text) {
    for (Map.Entry<Integer, String> entry : schemas.entrySet()) {
      if (entry.getValue().equals(text)) {
        return entry.getKey();
      }
    }
    return null;
  }
}
