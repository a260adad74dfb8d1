package dev.hyperflow.schemas.internal.registry;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/** Makes clients from settings and shares equal ones. Thread-safe. */
final class RegistryClients {
  /*
   * Kafka Streams makes a serde per task and thread. If each had its own client, each would own an
   * HTTP selector thread and fill its caches anew. Clients are shared by equal settings and held
   * weakly: JDK 17's HttpClient needs no close, it ends once nobody refers to it.
   */
  private static final Map<RegistrySettings, WeakReference<RegistryClient>> SHARED =
      new HashMap<>();

  private RegistryClients() {}

  static RegistryClient shared(RegistrySettings settings) {
    if (settings.mockScope() != null) {
      return direct(settings);
    }
    synchronized (SHARED) {
      WeakReference<RegistryClient> reference = SHARED.get(settings);
      RegistryClient client = reference == null ? null : reference.get();
      if (client == null) {
        SHARED.values().removeIf(held -> held.get() == null);
        client = new CachingRegistryClient(direct(settings), settings.cacheEntries());
        SHARED.put(settings, new WeakReference<>(client));
      }
      return client;
    }
  }

  private static RegistryClient direct(RegistrySettings settings) {
    String scope = settings.mockScope();
    return scope == null
        ? new HttpRegistryClient(new RegistryTransport(settings), settings.normalize())
        : new InMemoryRegistryClient(MockRegistries.scope(scope));
  }
}
