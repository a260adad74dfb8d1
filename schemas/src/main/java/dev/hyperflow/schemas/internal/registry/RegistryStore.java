package dev.hyperflow.schemas.internal.registry;

import java.io.IOException;
import java.util.Optional;

/**
 * Where an {@link InMemoryRegistry} keeps its content between runs. Called by one thread at a time.
 */
public interface RegistryStore {
  /** Keeps nothing. */
  RegistryStore NONE =
      new RegistryStore() {
        @Override
        public Optional<RegistryState> load() {
          return Optional.empty();
        }

        @Override
        public void save(RegistryState state) {}
      };

  /**
   * Returns what was saved last; empty if nothing ever was.
   *
   * @throws IOException if there is something but it cannot be read; the message says what and
   *     where
   */
  Optional<RegistryState> load() throws IOException;

  /**
   * Saves the whole content. Once this returns it survives a crash; if it throws, what was saved
   * before is still there.
   */
  void save(RegistryState state) throws IOException;
}
