package dev.hyperflow.demo.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Figures by fault, of all runs since {@code target} was cleaned: one line a run in {@code
 * target/chaos.tsv}, and the table that these make in {@code target/chaos.md}.
 */
final class ChaosReport {

  private static final Path LINES = Path.of("target", "chaos.tsv");
  private static final Path TABLE = Path.of("target", "chaos.md");
  private static final String HEAD =
      """
      | fault | runs | faults | kills | queries | lost | doubled | wrong | time to recover: median (max), of |
      |---|---|---|---|---|---|---|---|---|
      """;

  private ChaosReport() {}

  /** Adds a run. */
  static synchronized void add(
      String fault, long seed, int faults, int kills, Tally tally, List<Duration> recoveries)
      throws IOException {
    String line =
        String.join(
            "\t",
            fault,
            Long.toString(seed),
            "%d,%d,%d,%d,%d,%d"
                .formatted(
                    faults, kills, tally.queries(), tally.lost(), tally.doubled(), tally.wrong()),
            recoveries.stream()
                .map(each -> Long.toString(each.toMillis()))
                .collect(Collectors.joining(",")));
    Files.createDirectories(LINES.getParent());
    Files.writeString(
        LINES, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Files.writeString(TABLE, table(Files.readAllLines(LINES)), UTF_8);
  }

  private static String table(List<String> lines) {
    Map<String, List<String[]>> byFault = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      byFault.computeIfAbsent(fields[0], fault -> new ArrayList<>()).add(fields);
    }
    StringBuilder table = new StringBuilder(HEAD);
    byFault.forEach((fault, runs) -> table.append(row(fault, runs)));
    return table.toString();
  }

  private static String row(String fault, List<String[]> runs) {
    long[] sums = new long[6];
    List<Long> millis = new ArrayList<>();
    for (String[] run : runs) {
      long[] counts = Arrays.stream(run[2].split(",", -1)).mapToLong(Long::parseLong).toArray();
      Arrays.setAll(sums, i -> sums[i] + counts[i]);
      Arrays.stream(run[3].split(",", -1))
          .filter(each -> !each.isEmpty())
          .map(Long::parseLong)
          .forEach(millis::add);
    }
    return "| %s | %d | %s | %s |\n"
        .formatted(
            fault,
            runs.size(),
            LongStream.of(sums).mapToObj(Long::toString).collect(Collectors.joining(" | ")),
            times(millis));
  }

  private static String times(List<Long> millis) {
    if (millis.isEmpty()) {
      return "–";
    }
    List<Long> sorted = millis.stream().sorted().toList();
    return "%.1f s (%.1f s), %d"
        .formatted(
            sorted.get(sorted.size() / 2) / 1e3,
            sorted.get(sorted.size() - 1) / 1e3,
            sorted.size());
  }
}
