package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the figures were measured on. */
final class Machine implements Part {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private final Subject subject;
  private final String commit;

  Machine(Subject subject, String commit) {
    this.subject = subject;
    this.commit = commit;
  }

  @Override
  public Section measure(Budget budget) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("device", subject.device().device().kind().toString()));
    List<String> cards = NvidiaSmi.cards();
    rows.add(
        List.of("cards", cards.isEmpty() ? "nvidia-smi told of none" : String.join("; ", cards)));
    rows.add(List.of("driver", first(DRIVER, "")));
    rows.add(
        List.of(
            "processor",
            "%d × %s"
                .formatted(
                    Runtime.getRuntime().availableProcessors(), first(PROCESSORS, "model name"))));
    rows.add(List.of("Java", Runtime.version() + ", " + System.getProperty("os.version")));
    rows.add(
        List.of(
            "native libraries",
            System.getProperty("onnxruntime.native.path", "those of ONNX Runtime's jar")));
    rows.add(List.of("bundle", subject.device().id()));
    rows.add(List.of("commit", commit));
    return new Section("Machine", List.of("what", "found"), rows, List.of());
  }

  /** The first line of a file that begins so, without its name; a dash if there is none. */
  private static String first(Path file, String beginning) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(beginning))
          .findFirst()
          .map(line -> line.replaceFirst("^[^:]*: *", ""))
          .orElse("–");
    } catch (IOException e) {
      return "–";
    }
  }
}
