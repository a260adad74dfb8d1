package dev.hyperflow.schemas.internal.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Remembers ids and schemas, which never change once given out; everything else is passed on.
 *
 * <p>Thread-safe. Failed look-ups are not remembered: what is unknown now can be registered later.
 */
final class CachingRegistryClient implements RegistryClient {
  /*
   * The key of an id is the text, not the Schema: Schema.equals ignores docs, and two schemas that
   * differ in docs have two ids. Nothing is locked while the registry is asked; two threads may ask
   * the same thing at once and get the same answer.
   */
  private record Registration(String subject, String text) {}

  private final RegistryClient client;
  private final Bounded<Integer, Schema> schemasById;
  private final Bounded<UUID, Schema> schemasByGuid;
  private final Bounded<Registration, Integer> ids;

  CachingRegistryClient(RegistryClient client, int entries) {
    this.client = client;
    schemasById = new Bounded<>(entries);
    schemasByGuid = new Bounded<>(entries);
    ids = new Bounded<>(entries);
  }

  @Override
  public int register(String subject, Schema schema) {
    Registration key = new Registration(subject, SchemaText.of(schema));
    return ids.find(key).orElseGet(() -> ids.keep(key, client.register(subject, schema)));
  }

  @Override
  public int idOf(String subject, Schema schema) {
    Registration key = new Registration(subject, SchemaText.of(schema));
    return ids.find(key).orElseGet(() -> ids.keep(key, client.idOf(subject, schema)));
  }

  @Override
  public Schema schemaById(int id) {
    return schemasById.find(id).orElseGet(() -> schemasById.keep(id, client.schemaById(id)));
  }

  @Override
  public Schema schemaByGuid(UUID guid) {
    return schemasByGuid
        .find(guid)
        .orElseGet(() -> schemasByGuid.keep(guid, client.schemaByGuid(guid)));
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return client.latest(subject);
  }

  @Override
  public void ping() {
    client.ping();
  }

  /** A map that drops what was used least recently. */
  private static final class Bounded<K, V> {
    private final Map<K, V> entries;

    Bounded(int capacity) {
      entries =
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
              return size() > capacity;
            }
          };
    }

    synchronized Optional<V> find(K key) {
      return Optional.ofNullable(entries.get(key));
    }

    synchronized V keep(K key, V value) {
      entries.put(key, value);
      return value;
    }
  }
}
