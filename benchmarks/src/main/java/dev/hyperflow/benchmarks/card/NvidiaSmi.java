package dev.hyperflow.benchmarks.card;

import java.util.List;

/** What the driver's own program tells. */
final class NvidiaSmi {
  private NvidiaSmi() {}

  /** Name, driver, memory and compute capability of each card; none without the program. */
  static List<String> cards() {
    return query("name,driver_version,memory.total,compute_cap");
  }

  /** Memory in use on the first card; a dash without the program. */
  static String usedMemory() {
    return query("memory.used").stream().findFirst().orElse("–");
  }

  private static List<String> query(String fields) {
    return Commands.lines("nvidia-smi", "--query-gpu=" + fields, "--format=csv,noheader");
  }
}
