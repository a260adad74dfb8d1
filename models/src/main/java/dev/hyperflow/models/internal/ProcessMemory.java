package dev.hyperflow.models.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of a process as Linux tells it; empty on other systems. Thread-safe. */
public final class ProcessMemory {
  private static final long KIBIBYTE = 1024;

  private final Path status;

  /**
   * Reads a file like {@code /proc/self/status}.
   *
   * @param status the file; need not be there
   */
  ProcessMemory(Path status) {
    this.status = status;
  }

  /** The memory of this process. */
  public static ProcessMemory ofThisProcess() {
    return new ProcessMemory(Path.of("/proc/self/status"));
  }

  /** Bytes in memory now, the Java heap included. */
  public OptionalLong residentBytes() {
    return bytes("VmRSS:");
  }

  /** The largest number of bytes in memory so far. */
  public OptionalLong peakBytes() {
    return bytes("VmHWM:");
  }

  private OptionalLong bytes(String field) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * KIBIBYTE)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
