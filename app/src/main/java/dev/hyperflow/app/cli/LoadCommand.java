package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.app.load.LoadGenerator;
import dev.hyperflow.app.view.Cells;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperflow load}. */
@Command(
    name = "load",
    description = {
      "Sends labels and queries of made-up tenants (load-0, load-1, ...) to a running application,"
          + " at a steady rate, for so many seconds or until you stop it.",
      "Use it to try out a deployment; ./hyperflow bench measures speed."
    },
    sortOptions = false,
    showDefaultValues = true)
final class LoadCommand extends Verb {
  private static final int MAX_SECONDS = 365 * 24 * 60 * 60;

  @Mixin private ConfigOption config;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10",
      description = "Records per second.")
  private double rate;

  @Option(names = "--tenants", paramLabel = "N", defaultValue = "10", description = "Tenants.")
  private int tenants;

  @Option(
      names = "--labels",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "The share of labels among the records, 0 to 1.")
  private double labels;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long to send; at most a year.")
  private int seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the messages and of the event ids.")
  private long seed;

  @Override
  ExitCode run() throws InterruptedException {
    require(rate > 0 && rate <= 100_000, "--rate: expected above 0, at most 100000, found " + rate);
    require(tenants >= 1, "--tenants: expected at least 1, found " + tenants);
    require(labels >= 0 && labels <= 1, "--labels: expected 0 to 1, found " + labels);
    requireRange("--seconds", seconds, 1, MAX_SECONDS);
    ApplicationConfig application = config.read();
    ShutdownSignal shutdown = ShutdownSignal.install();
    return Stopping.whenDone(shutdown, () -> send(application, shutdown));
  }

  private ExitCode send(ApplicationConfig application, ShutdownSignal shutdown)
      throws InterruptedException {
    LoadGenerator.Settings settings = new LoadGenerator.Settings(rate, tenants, labels, seed);
    LoadGenerator.Sent sent =
        new LoadGenerator(settings, application).run(shutdown, Duration.ofSeconds(seconds));
    out()
        .printf("sent %s, failed %,d%n", Cells.count(sent.acknowledged(), "record"), sent.failed());
    return sent.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void require(boolean ok, String message) {
    if (!ok) {
      throw usage(message);
    }
  }
}
