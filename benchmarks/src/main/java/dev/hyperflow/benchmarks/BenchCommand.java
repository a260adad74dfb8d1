package dev.hyperflow.benchmarks;

import dev.hyperflow.benchmarks.scenario.Bench;
import dev.hyperflow.benchmarks.scenario.BenchSettings;
import dev.hyperflow.benchmarks.scenario.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./hyperflow bench}. */
@Command(
    name = "hyperflow bench",
    description = {
      "Measures the application against a real broker in a process of its own. Compares it with"
          + " its bounds: an identity topology with the same settings, and the encoder alone, in"
          + " floats and in int8. Prints ratios of paired repetitions. benchmarks/README.md explains"
          + " them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private static final String IMPORTED = "imported";
  private static final String IMPORTS =
      "import onnxruntime, tokenizers; print('%s')".formatted(IMPORTED);

  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "What to measure: ${COMPLETION-CANDIDATES}. Separate several by commas. Default: all.")
  private List<Workload> scenarios = new ArrayList<>();

  @Option(names = "--quick", description = "Measures small amounts. The figures are rough.")
  private boolean quick;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Packed queries per repetition. Default: 100000; quick: 20000.")
  private Integer records;

  @Option(
      names = "--texts",
      paramLabel = "N",
      description = "Text queries per repetition. Default: 1000; quick: 150.")
  private Integer texts;

  @Option(
      names = "--labels",
      paramLabel = "N",
      description = "Number of labels to time. Default: 1000; quick: 100.")
  private Integer labels;

  @Option(
      names = "--tenants",
      paramLabel = "N",
      defaultValue = "100",
      description = "Number of tenants that ask. Default: ${DEFAULT-VALUE}.")
  private int tenants;

  @Option(
      names = "--tenant-counts",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of tenants to compare. Default: 100,1000,10000,100000; quick: 100,1000.")
  private List<Integer> tenantCounts = new ArrayList<>();

  @Option(
      names = "--dimension",
      paramLabel = "D",
      defaultValue = "64",
      description = "Features of a vector in the tenants scenario. Default: ${DEFAULT-VALUE}.")
  private int dimension;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Measured repetitions. Default: 5; quick: 2.")
  private Integer repetitions;

  @Option(
      names = "--warmups",
      paramLabel = "N",
      description = "Repetitions before the measured ones. Default: 2; quick: 1.")
  private Integer warmups;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Stream threads, and threads of the encoder alone. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--guarantee",
      paramLabel = "NAME",
      defaultValue = "exactly_once_v2",
      description = "exactly_once_v2 or at_least_once. Default: ${DEFAULT-VALUE}.")
  private String guarantee;

  @Option(
      names = "--setting",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the applications, for example kafka.producer.linger.ms=10. The identity"
              + " topology gets it too. Repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description =
          "A Python with the packages onnxruntime and tokenizers. It encodes the same texts on as"
              + " many threads.")
  private String python;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Also writes the report there, as Markdown.")
  private Path markdown;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Also writes a flight recording of each application there (jfr print reads it).")
  private Path profile;

  @Option(
      names = "--jmh",
      description =
          "Runs the micro-benchmarks instead. What follows goes to JMH: a regular expression of"
              + " names, and JMH's own options.")
  private boolean jmh;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> jmhArguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (jmh) {
      org.openjdk.jmh.Main.main(jmhArguments.toArray(String[]::new));
      return 0;
    }
    if (!jmhArguments.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "expected options, found '%s'".formatted(jmhArguments.get(0)));
    }
    BenchSettings what = benchSettings();
    if (python != null) {
      checkPython();
    }
    measure(what);
    return 0;
  }

  /** Before anything is measured, because a run takes long. */
  private void checkPython() {
    List<String> said = new ArrayList<>(List.of("nothing"));
    try {
      Process process = new ProcessBuilder(python, "-c", IMPORTS).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.inputReader().lines().forEach(said::add);
    } catch (IOException e) {
      said.add(e.getMessage());
    }
    String last = said.get(said.size() - 1);
    if (!last.equals(IMPORTED)) {
      throw new ParameterException(
          spec.commandLine(),
          "--python: expected a Python with onnxruntime and tokenizers, found: %s (%s -m pip install onnxruntime tokenizers)"
              .formatted(last, python));
    }
  }

  private BenchSettings benchSettings() {
    try {
      return new BenchSettings(
          scenarios.isEmpty() ? Set.of(Workload.values()) : Set.copyOf(scenarios),
          new BenchSettings.Load(
              sized(records, 100_000, 20_000),
              sized(texts, 1_000, 150),
              sized(labels, 1_000, 100),
              tenants,
              tenantCounts.isEmpty()
                  ? (quick ? List.of(100, 1_000) : List.of(100, 1_000, 10_000, 100_000))
                  : tenantCounts,
              dimension,
              sized(repetitions, 5, 2),
              sized(warmups, 2, 1)),
          new BenchSettings.ApplicationSettings(
              threads, guarantee, settings, Optional.ofNullable(profile)),
          new BenchSettings.Beside(true, Optional.ofNullable(python)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int sized(Integer given, int normal, int small) {
    return given != null ? given : quick ? small : normal;
  }

  private void measure(BenchSettings what) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (profile != null) {
      Files.createDirectories(profile);
    }
    StringBuilder report = new StringBuilder(conditions()).append("\n\n");
    print(conditions());
    Path directory = Files.createTempDirectory("hyperflow-bench-");
    try {
      new Bench(what, line -> err.println("bench: " + line))
          .run(
              directory,
              section -> {
                print("\n" + section.text());
                report.append(section.markdown()).append('\n');
              });
    } finally {
      Utils.delete(directory.toFile());
    }
    if (markdown != null) {
      Files.writeString(markdown, report);
    }
  }

  /** A long run that is stopped has printed what it had. */
  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  private String conditions() {
    return "Java %s, %d processors, %d stream threads, %s%s"
        .formatted(
            Runtime.version().feature(),
            Runtime.getRuntime().availableProcessors(),
            threads,
            guarantee,
            settings.isEmpty() ? "" : ", " + settings);
  }
}
