package dev.hyperflow.schemas.internal.registry;

import static dev.hyperflow.schemas.internal.registry.RegistryError.COMPATIBILITY_NOT_CONFIGURED;
import static dev.hyperflow.schemas.internal.registry.RegistryError.INCOMPATIBLE;
import static dev.hyperflow.schemas.internal.registry.RegistryError.INVALID_SCHEMA;
import static dev.hyperflow.schemas.internal.registry.RegistryError.SCHEMA_NOT_FOUND;
import static dev.hyperflow.schemas.internal.registry.RegistryError.SUBJECT_NOT_DELETED;
import static dev.hyperflow.schemas.internal.registry.RegistryError.SUBJECT_NOT_FOUND;
import static dev.hyperflow.schemas.internal.registry.RegistryError.VERSION_NOT_FOUND;

import dev.hyperflow.schemas.internal.registry.RegistryState.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A schema registry: what {@code mock://} URLs and the embedded server share. Speaks schema text
 * and refuses with {@link RegistryException}, as the REST API does.
 *
 * <p>Thread-safe: readers see one consistent state, writers take turns.
 */
public final class InMemoryRegistry {
  /*
   * The state is one immutable value. A change makes a new value, saves it and only then shows it:
   * what a client was told is durable, and a failed save changes nothing. Copying costs O(schemas)
   * per change, which is fine for the hundreds of schemas that an embedded registry holds.
   *
   * A schema's identity is its text as Avro prints it (docs and order included, white space not), as
   * in Confluent's registry.
   */
  private final String name;
  private final RegistryStore store;
  private volatile RegistryState state;

  private InMemoryRegistry(String name, RegistryStore store, RegistryState state) {
    this.name = name;
    this.store = store;
    this.state = state;
  }

  /**
   * Opens a registry with what its store holds.
   *
   * @param name named in exceptions
   * @throws UncheckedIOException if the store cannot be read
   */
  public static InMemoryRegistry open(String name, RegistryStore store) {
    try {
      return new InMemoryRegistry(name, store, store.load().orElse(RegistryState.EMPTY));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A version of a subject as text; fields as in {@link RegisteredSchema}. */
  public record Entry(String subject, int id, int version, String text) {}

  /** A schema's text and id. */
  public record Identified(int id, String text) {}

  /** Registers a schema, or finds it. */
  public synchronized Entry register(String subject, String text) {
    Schema schema = parse(text);
    String plain = schema.toString();
    Optional<Entry> existing = find(subject, plain);
    if (existing.isPresent()) {
      return existing.get();
    }
    List<String> problems = problems(subject, schema, history(subject));
    if (!problems.isEmpty()) {
      throw refuse(
          INCOMPATIBLE,
          "Schema is incompatible with an earlier version of subject '%s' under %s: %s"
              .formatted(subject, effectiveCompatibility(subject), String.join("; ", problems)));
    }
    Integer known = state.idOf(plain);
    int id = known == null ? state.nextId() : known;
    RegistryState next = known == null ? state.withSchema(id, plain) : state;
    commit(next.withSubject(subject, next.subject(subject).withVersion(id)));
    return new Entry(subject, id, state.subject(subject).lastVersion(), plain);
  }

  /** Returns the version of a subject that holds a schema. */
  public Entry lookUp(String subject, String text) {
    existing(subject);
    return find(subject, parse(text).toString())
        .orElseThrow(
            () -> refuse(SCHEMA_NOT_FOUND, "Schema not found in subject '%s'.".formatted(subject)));
  }

  /** Returns the text of a schema. */
  public String schema(int id) {
    String text = state.schemas().get(id);
    if (text == null) {
      throw refuse(SCHEMA_NOT_FOUND, "Schema %d not found.".formatted(id));
    }
    return text;
  }

  /** Returns the text of a schema by the GUID that this registry made of it, with its id. */
  public Identified schema(UUID guid) {
    return state.schemas().entrySet().stream()
        .filter(schema -> guid(schema.getValue()).equals(guid))
        .map(schema -> new Identified(schema.getKey(), schema.getValue()))
        .findFirst()
        .orElseThrow(() -> refuse(SCHEMA_NOT_FOUND, "Schema %s not found.".formatted(guid)));
  }

  /** Returns the GUID of a schema's text. */
  public static UUID guid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the versions, of all subjects, that hold a schema. */
  public List<Entry> uses(int id) {
    String text = schema(id);
    RegistryState now = state;
    List<Entry> uses = new ArrayList<>();
    now.subjects()
        .forEach(
            (subject, versions) ->
                versions
                    .versions()
                    .forEach(
                        (version, used) -> {
                          if (used == id) {
                            uses.add(new Entry(subject, id, version, text));
                          }
                        }));
    return uses;
  }

  /** Returns the names of subjects that have versions. */
  public List<String> subjects() {
    return state.subjects().entrySet().stream()
        .filter(entry -> !entry.getValue().versions().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the versions of a subject, ascending. */
  public List<Integer> versions(String subject) {
    return List.copyOf(existing(subject).versions().keySet());
  }

  /** Returns one version of a subject. */
  public Entry version(String subject, int version) {
    RegistryState now = state;
    Integer id = existing(now, subject).versions().get(version);
    if (id == null) {
      throw refuse(
          VERSION_NOT_FOUND, "Version %d of subject '%s' not found.".formatted(version, subject));
    }
    return new Entry(subject, id, version, now.schemas().get(id));
  }

  /** Returns the latest version of a subject. */
  public Entry latest(String subject) {
    RegistryState now = state;
    int version = existing(now, subject).versions().lastKey();
    int id = now.subject(subject).versions().get(version);
    return new Entry(subject, id, version, now.schemas().get(id));
  }

  /** Returns what stands against a schema becoming the next version; empty if nothing. */
  public List<String> incompatibilities(String subject, String text) {
    return problems(subject, parse(text), history(subject));
  }

  /** Returns what stands against a schema next to one version; empty if nothing. */
  public List<String> incompatibilities(String subject, int version, String text) {
    return problems(subject, parse(text), List.of(version(subject, version)));
  }

  /** Returns the level of subjects that have none of their own. */
  public CompatibilityLevel compatibility() {
    return state.compatibility();
  }

  /** Returns a subject's own level. */
  public CompatibilityLevel compatibility(String subject) {
    CompatibilityLevel own = state.subject(subject).compatibility();
    if (own == null) {
      throw refuse(
          COMPATIBILITY_NOT_CONFIGURED,
          "Subject '%s' does not have subject-level compatibility configured".formatted(subject));
    }
    return own;
  }

  /** Returns the level that applies to a subject: its own or the default. */
  public CompatibilityLevel effectiveCompatibility(String subject) {
    CompatibilityLevel own = state.subject(subject).compatibility();
    return own == null ? state.compatibility() : own;
  }

  /** Sets the level of subjects that have none of their own. */
  public synchronized void setCompatibility(CompatibilityLevel level) {
    commit(state.withCompatibility(level));
  }

  /** Sets a subject's own level. */
  public synchronized void setCompatibility(String subject, CompatibilityLevel level) {
    commit(state.withSubject(subject, state.subject(subject).withCompatibility(level)));
  }

  /**
   * Deletes a subject's versions and returns them; the ids stay.
   *
   * @param permanent forget a subject that was deleted before, so that versions start at 1 again
   */
  public synchronized List<Integer> delete(String subject, boolean permanent) {
    if (!permanent) {
      List<Integer> versions = versions(subject);
      commit(state.withSubject(subject, state.subject(subject).withoutVersions()));
      return versions;
    }
    int lastVersion = state.subject(subject).lastVersion();
    if (lastVersion == 0) {
      throw noSubject(subject);
    }
    if (!state.subject(subject).versions().isEmpty()) {
      throw refuse(
          SUBJECT_NOT_DELETED,
          "Subject '%s' was not deleted first before being permanently deleted".formatted(subject));
    }
    commit(state.withoutSubject(subject));
    return IntStream.rangeClosed(1, lastVersion).boxed().toList();
  }

  /** Deletes one version of a subject, whose number is not given again; the id stays. */
  public synchronized int delete(String subject, int version) {
    version(subject, version);
    commit(state.withSubject(subject, state.subject(subject).withoutVersion(version)));
    return version;
  }

  private void commit(RegistryState next) {
    try {
      store.save(next);
    } catch (IOException e) {
      throw RegistryException.notSaved(name, e);
    }
    state = next;
  }

  private List<Entry> history(String subject) {
    List<Entry> entries = new ArrayList<>();
    for (int version : state.subject(subject).versions().keySet()) {
      entries.add(version(subject, version));
    }
    return entries;
  }

  private List<String> problems(String subject, Schema schema, List<Entry> history) {
    return Compatibility.problems(effectiveCompatibility(subject), schema, history);
  }

  private Optional<Entry> find(String subject, String plain) {
    RegistryState now = state;
    return now.subject(subject).versions().entrySet().stream()
        .filter(entry -> now.schemas().get(entry.getValue()).equals(plain))
        .map(entry -> new Entry(subject, entry.getValue(), entry.getKey(), plain))
        .findFirst();
  }

  private Subject existing(String subject) {
    return existing(state, subject);
  }

  private Subject existing(RegistryState now, String subject) {
    Subject found = now.subject(subject);
    if (found.versions().isEmpty()) {
      throw noSubject(subject);
    }
    return found;
  }

  private Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw refuse(INVALID_SCHEMA, "Invalid Avro schema: " + e.getMessage());
    }
  }

  private RegistryException noSubject(String subject) {
    return refuse(SUBJECT_NOT_FOUND, "Subject '%s' not found.".formatted(subject));
  }

  private RegistryException refuse(RegistryError error, String reason) {
    return RegistryException.refused(name, error, reason);
  }
}
