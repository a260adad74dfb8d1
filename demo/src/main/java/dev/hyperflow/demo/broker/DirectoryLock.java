package dev.hyperflow.demo.broker;

import dev.hyperflow.topology.errors.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps two brokers out of one data directory.
 *
 * <p>Kafka has a lock of its own, but finds out only after its controller has begun to write; this
 * one is asked first. The operating system drops it when the process dies, however it dies.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = ".hyperflow-broker.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock of a directory, creating the directory when absent.
   *
   * @throws StartupException when another broker holds it or the directory cannot be written
   */
  static DirectoryLock acquire(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StartupException(
            "data directory "
                + directory
                + " is in use by another broker; stop it or choose another directory");
      }
      return new DirectoryLock(channel, lock);
    } catch (IOException e) {
      throw new StartupException(
          "data directory " + directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another broker of this very process
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
