package dev.hyperflow.training.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Most memory this process has held so far. */
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "VmHWM:";

  private PeakMemory() {}

  /** Bytes: resident memory where the system tells, else the size of the heap. */
  static long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(FIELD)) {
          String digits = line.replaceAll("\\D", "");
          return Long.parseLong(digits) * 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return Runtime.getRuntime().totalMemory();
    }
    return Runtime.getRuntime().totalMemory();
  }
}
