package dev.hyperflow.demo;

import dev.hyperflow.app.cli.Colours;
import dev.hyperflow.app.cli.CommonOptions;
import dev.hyperflow.app.cli.FileOptions;
import dev.hyperflow.app.cli.Stopping;
import dev.hyperflow.app.cli.Version;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.topology.internal.config.HttpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hyperflow demo}. */
@Command(
    name = "demo",
    description = {
      "Plays a live scenario in this process: a Kafka broker, a schema registry, the application,"
          + " and tenants whose messages arrive as labels and as queries.",
      "Exits with 0 only when every query was answered exactly once, every broken record is among"
          + " the dead letters, and, with the shipped messages, adaptation beat the unadapted"
          + " heads."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {

  private static final int MIN_SECONDS = 5;
  private static final int MAX_SECONDS = 24 * 60 * 60;
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "90",
      description = "Length of the scenario; also bounds its records, at 20 per second.")
  private int seconds;

  @Option(
      names = "--fast",
      description = "Sends each record as soon as there is room for it. For CI.")
  private boolean fast;

  @Option(
      names = "--keep-running",
      description = "Keeps broker, registry and application running after the summary.")
  private boolean keepRunning;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "The broker's port on 127.0.0.1; 0 takes a free one.")
  private int port;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "18081",
      description = "The schema registry's port on 127.0.0.1; 0 takes a free one.")
  private int registryPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = CommonOptions.DEMO_HTTP_PORT,
      description = "The port of the page and the HTTP API on 127.0.0.1; 0 takes a free one.")
  private int httpPort;

  @Option(names = "--no-http", description = "Starts neither page nor HTTP API.")
  private boolean noHttp;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Your own labelled messages: TSV, CSV, JSON lines, an export of Label Studio or Argilla,"
              + " nlu.yml of Rasa. Label '-' marks a message without a label.")
  private Path data;

  @Mixin private FileOptions form;

  @Option(
      names = "--tickets",
      paramLabel = "FILE",
      description =
          "Also makes a topic helpdesk.tickets as somebody else might have it: the lines of FILE,"
              + " JSON objects, keyed by their field id. To try mappings on.")
  private Path tickets;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Keeps topics and state here. The same command then continues where it was stopped or"
              + " killed.")
  private Path dataDirectory;

  @Option(
      names = "--bundle",
      paramLabel = "LOCATION",
      description =
          "Serves this bundle instead of the shipped one: a directory, a .zip file or"
              + " 'classpath:…'.")
  private String bundle;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the choice of labels and of the order of records.")
  private long seed;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    require("--seconds", seconds, MIN_SECONDS, MAX_SECONDS);
    require("--port", port, 0, MAX_PORT);
    require("--registry-port", registryPort, 0, MAX_PORT);
    require("--http-port", httpPort, 0, MAX_PORT);
    DemoOptions options =
        new DemoOptions(
            Duration.ofSeconds(seconds),
            seed,
            fast ? DemoOptions.Pace.FAST : DemoOptions.Pace.LIVE,
            new DemoOptions.Data(
                Optional.ofNullable(data),
                form.form(Optional.of(FileForm.DEFAULT_TENANT)),
                Optional.ofNullable(tickets)),
            Optional.ofNullable(bundle),
            new DemoOptions.Place(
                port,
                registryPort,
                noHttp ? HttpSettings.OFF : httpPort,
                Optional.ofNullable(dataDirectory)));
    boolean terminal = Colours.isTerminal();
    DemoRunner.Output output =
        new DemoRunner.Output(
            System.out,
            terminal,
            Palette.of(terminal, System.getenv("NO_COLOR")),
            common.verbose());
    ShutdownSignal shutdown = ShutdownSignal.install();
    return Stopping.whenDone(
            shutdown, () -> new DemoRunner(options, output, shutdown).run(keepRunning))
        .code();
  }

  private void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected %d to %d, found %d".formatted(option, min, max, value));
    }
  }
}
