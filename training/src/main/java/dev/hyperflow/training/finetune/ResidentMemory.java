package dev.hyperflow.training.finetune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory; Linux only. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path FORGET = Path.of("/proc/self/clear_refs");

  /** Sets the peak back to what is held now. */
  private static final String PEAK = "5";

  private static final long KIBIBYTE = 1024;

  private ResidentMemory() {}

  /** Bytes held now. */
  static long now() throws IOException {
    return bytes("VmRSS:");
  }

  /**
   * Most bytes held since the last {@link #forgetPeak}.
   *
   * @param held what {@link #now} gave at a moment since. The kernel counts pages per processor and
   *     may miss some in its peak; what was seen is held against it.
   */
  static long peakSince(long held) throws IOException {
    return Math.max(held, bytes("VmHWM:"));
  }

  /** From now on a peak is a new one. */
  static void forgetPeak() throws IOException {
    Files.writeString(FORGET, PEAK);
  }

  private static long bytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
      }
    }
    throw new IOException(STATUS + ": expected a line " + field + ", found none");
  }
}
