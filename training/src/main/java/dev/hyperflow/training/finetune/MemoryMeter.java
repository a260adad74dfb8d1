package dev.hyperflow.training.finetune;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Measures the memory of an adaptation in a process of its own, see {@link MemoryProbe}. */
final class MemoryMeter {

  /** In place of a mode of fine-tuning: a head of a bundle. */
  static final String HEAD = "head";

  private static final String HEAP = "-Xmx1g";

  private final String bundle;
  private final int maxTokens;

  /**
   * A meter.
   *
   * @param bundle location
   * @param maxTokens texts are cut to so many
   */
  MemoryMeter(String bundle, int maxTokens) {
    this.bundle = bundle;
    this.maxTokens = maxTokens;
  }

  /**
   * Resident memory of a process, bytes.
   *
   * @param before with the pretrained encoder loaded
   * @param peak the most while it adapted
   */
  record Reading(long before, long peak) {

    /** What adapting took beyond what was there. */
    long growth() {
      return peak - before;
    }
  }

  /**
   * Adapts to a task.
   *
   * @param method a mode's option or {@link #HEAD}
   * @return empty where the system does not tell, that is elsewhere than on Linux
   */
  Optional<Reading> measure(String method, TextTask task) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            MemoryProbe.class.getName(),
            bundle,
            method,
            Integer.toString(maxTokens));
    // Not on the command line, as ONNX Runtime does not survive a long one.
    String classPath = System.getProperty("java.class.path");
    builder
        .environment()
        .put("CLASSPATH", System.getProperty("surefire.test.class.path", classPath));
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      String lines =
          task.examples().stream()
              .map(example -> example.label() + "\t" + example.text() + "\n")
              .collect(Collectors.joining());
      try (OutputStream in = process.getOutputStream()) {
        in.write(lines.getBytes(StandardCharsets.UTF_8));
      }
      // A library may say something of its own before.
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .reduce("", (before, line) -> line);
      if (process.waitFor() != 0 || !output.matches("\\d+ \\d+")) {
        return Optional.empty();
      }
      List<Long> bytes = List.of(output.split(" ")).stream().map(Long::valueOf).toList();
      return Optional.of(new Reading(bytes.get(0), bytes.get(1)));
    } finally {
      process.destroy();
    }
  }
}
