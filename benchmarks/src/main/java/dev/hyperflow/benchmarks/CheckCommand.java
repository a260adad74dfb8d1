package dev.hyperflow.benchmarks;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.Logs;
import dev.hyperflow.benchmarks.card.CardCheck;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program behind {@code check} in the folder that {@code docker/gpu-kit.sh} makes. */
@Command(
    name = "check",
    description = {
      "Compares a graphics card with the processor: parity, precision, texts and heads a second,"
          + " threads, tenants, memory. Each part is bounded in time and fails alone. docs/gpu.md explains"
          + " the report."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "cuda|cpu",
      defaultValue = "cuda",
      description = "What to compare with the processor. cpu tries the check. Default: cuda.")
  private DeviceChoice device;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Time of each part, above 0. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--broker",
      description = "Also runs a stream of texts through an embedded broker.")
  private boolean broker;

  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      defaultValue = ShippedBundles.DRIFT,
      description = "A bundle with an encoder. Default: ${DEFAULT-VALUE}.")
  private String bundle;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "gpu-report.md",
      description = "Where the report goes, as Markdown. Default: ${DEFAULT-VALUE}.")
  private Path report;

  /** Checks and exits. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and names that machines read
    Logs.quiet();
    System.exit(commandLine().execute(args));
  }

  /** A command line that prints a wrong call as one line. */
  static CommandLine commandLine() {
    return new CommandLine(new CheckCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (ParameterException thrown, String[] args) -> {
              thrown.getCommandLine().getErr().println("check: " + thrown.getMessage());
              return ExitCode.USAGE.code();
            });
  }

  @Override
  public Integer call() throws IOException {
    if (device == DeviceChoice.AUTO) {
      throw new ParameterException(spec.commandLine(), "expected cuda or cpu, found auto");
    }
    if (!(seconds > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--seconds: expected a number above 0, found " + seconds);
    }
    PrintWriter out = spec.commandLine().getOut();
    CardCheck check =
        new CardCheck(
            seconds,
            piece -> {
              out.println(piece);
              out.flush();
            });
    Path directory = Files.createTempDirectory("hyperflow-check-");
    String commit = System.getProperty("hyperflow.commit", "unknown");
    String outcome;
    ExitCode code;
    try {
      int failed = check.run(new CardCheck.Settings(device, bundle, broker, directory, commit));
      outcome = failed == 0 ? "passed" : failed + " failed";
      code = failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    } catch (BundleException e) {
      outcome = e.getMessage();
      code = ExitCode.STARTUP;
    } finally {
      Utils.delete(directory.toFile());
    }
    Files.writeString(
        report,
        "## Check of %s, %.0f s a part%n%nOutcome: %s%n%n%s"
            .formatted(device.name().toLowerCase(Locale.ROOT), seconds, outcome, check.markdown()));
    (code == ExitCode.STARTUP ? spec.commandLine().getErr() : out).println("check: " + outcome);
    return code.code();
  }
}
