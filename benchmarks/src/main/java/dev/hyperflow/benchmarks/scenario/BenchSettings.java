package dev.hyperflow.benchmarks.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of the bench does.
 *
 * @param scenarios what is measured
 * @param load how much
 * @param application how the measured applications are set up
 * @param beside what texts are compared with
 */
public record BenchSettings(
    Set<Workload> scenarios, Load load, ApplicationSettings application, Beside beside) {

  public BenchSettings {
    scenarios = Set.copyOf(scenarios);
  }

  /**
   * How much work is measured.
   *
   * @param records packed queries of one repetition
   * @param texts text queries of one repetition
   * @param labels labels whose way to a prediction is timed
   * @param tenants tenants of the packed, text and latency scenarios
   * @param tenantCounts numbers of tenants to compare, the first is the yardstick
   * @param dimension features of the vectors when tenants are compared
   * @param repetitions measured repetitions
   * @param warmups repetitions before, which are thrown away
   */
  public record Load(
      int records,
      int texts,
      int labels,
      int tenants,
      List<Integer> tenantCounts,
      int dimension,
      int repetitions,
      int warmups) {

    public Load {
      tenantCounts = List.copyOf(tenantCounts);
      requirePositive("records", records);
      requirePositive("texts", texts);
      requirePositive("labels", labels);
      requirePositive("tenants", tenants);
      requirePositive("dimension", dimension);
      requirePositive("repetitions", repetitions);
      requirePositive("warmups", warmups);
      tenantCounts.forEach(count -> requirePositive("tenant-counts", count));
    }

    private static void requirePositive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "--%s: expected at least 1, found %d".formatted(name, value));
      }
    }
  }

  /**
   * How the measured applications are set up, identity and ours alike.
   *
   * @param threads stream threads, and threads of the encoder alone
   * @param guarantee the processing guarantee
   * @param settings further settings, which win over the bench's own
   * @param profile where flight recordings of the applications go, if wanted
   */
  public record ApplicationSettings(
      int threads, String guarantee, Map<String, String> settings, Optional<Path> profile) {

    public ApplicationSettings {
      settings = Map.copyOf(settings);
    }
  }

  /**
   * What else encodes the texts of text queries.
   *
   * @param encoders whether encoders without Kafka do
   * @param python a Python with onnxruntime and tokenizers, which does then, too
   */
  public record Beside(boolean encoders, Optional<String> python) {}
}
