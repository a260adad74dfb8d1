package dev.hyperflow.models.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whether the processor multiplies bytes by VNNI, as Linux tells it. */
public final class Vnni {
  private static final Set<String> FLAGS = Set.of("avx512_vnni", "avx_vnni");

  private Vnni() {}

  /** Whether the processor of this machine does; false where nobody says so. */
  public static boolean isHere() {
    return isIn(Path.of("/proc/cpuinfo"));
  }

  static boolean isIn(Path cpuinfo) {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.startsWith("flags"))
          .anyMatch(line -> List.of(line.split("\\s+", -1)).stream().anyMatch(FLAGS::contains));
    } catch (IOException e) {
      return false;
    }
  }
}
