package dev.hyperflow.server.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a process has in use, as Linux tells it. Thread-safe. */
final class ResidentMemory {
  private static final String LINE = "VmRSS:";
  private static final long KIBIBYTE = 1024;

  private final Path status;

  /**
   * Reads a file like {@code /proc/self/status}.
   *
   * @param status the file; need not be there
   */
  ResidentMemory(Path status) {
    this.status = status;
  }

  static ResidentMemory ofThisProcess() {
    return new ResidentMemory(Path.of("/proc/self/status"));
  }

  /** Bytes; not a number where they are not told. */
  double bytes() {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(LINE))
          .map(line -> line.substring(LINE.length()).replace("kB", "").strip())
          .mapToDouble(kibibytes -> Double.parseDouble(kibibytes) * KIBIBYTE)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }
}
