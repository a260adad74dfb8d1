package dev.hyperflow.demo;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.Logs;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.view.ImportTables;
import dev.hyperflow.app.view.Palette;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.view.LiveScreen;
import dev.hyperflow.demo.view.PlainScreen;
import dev.hyperflow.demo.view.Screen;
import dev.hyperflow.demo.view.SummaryRenderer;
import dev.hyperflow.demo.view.TableRenderer;
import dev.hyperflow.engine.internal.files.Finding;
import dev.hyperflow.topology.internal.config.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a demo from the command line: starts everything, plays, prints the summary, closes. */
final class DemoRunner {

  private static final Duration EVERY_ON_A_TERMINAL = Duration.ofMillis(500);
  private static final Duration EVERY_ELSEWHERE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final DemoOptions options;
  private final Output output;
  private final ShutdownSignal shutdown;

  /**
   * Where it is shown.
   *
   * @param out the stream
   * @param terminal whether a person looks at it
   * @param palette colours
   * @param verbose whether Kafka may write to the log file, too
   */
  public record Output(PrintStream out, boolean terminal, Palette palette, boolean verbose) {}

  /** A runner; nothing is started yet. */
  public DemoRunner(DemoOptions options, Output output, ShutdownSignal shutdown) {
    this.options = options;
    this.output = output;
    this.shutdown = shutdown;
  }

  /**
   * Runs.
   *
   * @param keepRunning whether to leave everything up after the summary, until asked to stop
   * @throws RuntimeException when it cannot begin, with a one-line message
   */
  public ExitCode run(boolean keepRunning) throws InterruptedException {
    List<TicketTopic.Ticket> tickets =
        options.data().tickets().map(TicketTopic::read).orElse(List.of());
    DemoData.Loaded data = DemoData.load(options.data().file(), options.data().form());
    showFindings(data.findings());
    Scenario scenario = Demo.scenario(options, data.messages());
    RunDirectory directory = RunDirectory.open(options.place().directory());
    boolean good = false;
    try {
      directory.claimFor(scenario);
      Logs.toFile(directory.log(), output.verbose());
      ExitCode code = run(scenario, tickets, directory, keepRunning);
      good = code == ExitCode.OK;
      return code;
    } finally {
      Logs.quiet();
      if (good) {
        directory.release();
      } else {
        directory.releaseButLog().ifPresent(log -> output.out().println(" Log     " + log));
      }
    }
  }

  private void showFindings(List<Finding> findings) {
    String file = options.data().file().map(Path::toString).map(Printable::of).orElse("");
    new ImportTables(output.palette(), Printable::of)
        .findings(file, findings)
        .forEach(output.out()::println);
  }

  private ExitCode run(
      Scenario scenario,
      List<TicketTopic.Ticket> tickets,
      RunDirectory directory,
      boolean keepRunning)
      throws InterruptedException {
    Screen screen =
        output.terminal() ? new LiveScreen(output.out()) : new PlainScreen(output.out());
    screen.print(
        List.of(
            "Starting broker, registry and application. Tenants: %d, records: %,d…"
                .formatted(scenario.tenants().size(), scenario.steps().size())));
    try (DemoPlatform platform = DemoPlatform.start(options, directory)) {
      if (!tickets.isEmpty()) {
        TicketTopic.write(platform.bootstrapServers(), tickets);
        screen.print(
            List.of("Topic %s has %,d tickets".formatted(TicketTopic.NAME, tickets.size())));
      }
      platform.page().ifPresent(page -> screen.print(List.of("Page and HTTP API at " + page)));
      Demo.Outcome outcome = new Demo(options, scenario, platform, shutdown).play(canvas(screen));
      screen.print(
          new SummaryRenderer(output.palette())
              .render(outcome.end(), outcome.verdict(), outcome.took()));
      if (keepRunning && !shutdown.isRequested()) {
        screen.print(howToConnect(platform));
        awaitStop(platform);
      }
      return outcome.verdict().passed() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void awaitStop(DemoPlatform platform) throws InterruptedException {
    while (!shutdown.await(LOOK) && platform.failure().isEmpty()) {
      // Either ends the wait.
    }
  }

  private LiveView.Canvas canvas(Screen screen) {
    return new LiveView.Canvas(
        screen,
        new TableRenderer(output.palette()),
        output.terminal() ? EVERY_ON_A_TERMINAL : EVERY_ELSEWHERE);
  }

  private static List<String> howToConnect(DemoPlatform platform) {
    Topics topics = platform.config().topics();
    return List.of(
        "",
        " Still running. Connect your own clients, or press Ctrl-C to stop.",
        "   bootstrap.servers     " + platform.bootstrapServers(),
        "   schema.registry.url   " + platform.registryUrl(),
        "   page and HTTP API     " + platform.page().orElse("none"),
        "   labels                " + topics.support() + "   (SupportEvent, key: tenant)",
        "   queries               " + topics.queries() + "   (QueryEvent, key: tenant)",
        "   answers               " + topics.predictions() + "   (Prediction)",
        "   dead letters          " + topics.deadLetters() + "   (DeadLetter)");
  }
}
