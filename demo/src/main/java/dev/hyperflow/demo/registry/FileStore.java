package dev.hyperflow.demo.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hyperflow.schemas.internal.registry.RegistryState;
import dev.hyperflow.schemas.internal.registry.RegistryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a registry in one JSON file. Not for two processes at once; called by one thread at a time.
 */
final class FileStore implements RegistryStore {
  /*
   * The new content goes to a file next door, is forced to disk and takes the old one's place in
   * one step. After a crash there is the old content or the new, never half of one. The directory
   * is forced too, where the platform allows it, so that the step itself survives a power cut.
   */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;

  FileStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Optional<RegistryState> load() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateFile.read(JSON.readTree(Files.readAllBytes(file))));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "Schema registry file %s cannot be read: %s. Restore it, or delete it to start empty (ids will change)."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public void save(RegistryState state) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(StateFile.write(state));
    Files.createDirectories(file.getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  private void forceDirectory() {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      // Windows cannot open a directory; the file itself is on disk already.
    }
  }
}
