package dev.hyperflow.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory, now and at most. Needs Linux. */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path FORGET = Path.of("/proc/self/clear_refs");

  /** Sets the peak back to what is held now. */
  private static final String PEAK = "5";

  private static final long KIBIBYTE = 1024;

  private PeakMemory() {}

  /**
   * Bytes of resident memory at most so far; the size of the heap where the system does not say.
   */
  public static long soFar() {
    try {
      return bytes("VmHWM:");
    } catch (IOException | NumberFormatException e) {
      return Runtime.getRuntime().totalMemory();
    }
  }

  /** Bytes of resident memory that this process holds now. */
  public static long now() throws IOException {
    return bytes("VmRSS:");
  }

  /**
   * Maximum number of bytes held since the last {@link #forget}.
   *
   * @param held what {@link #now} gave at a moment since. The kernel counts pages per processor and
   *     may miss some in its peak; what was seen is held against it.
   */
  public static long since(long held) throws IOException {
    return Math.max(held, bytes("VmHWM:"));
  }

  /** From now on a peak is a new one. */
  public static void forget() throws IOException {
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
