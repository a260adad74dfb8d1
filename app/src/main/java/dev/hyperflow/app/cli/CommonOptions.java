package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.Logs;
import picocli.CommandLine.Option;

/** Options every verb has. */
public final class CommonOptions {

  /** Where the page and the HTTP API of a demo are. */
  public static final String DEMO_HTTP_PORT = "18080";

  @Option(
      names = {"-v", "--verbose"},
      description = "Prints stack traces with errors, and Kafka's own log lines.")
  private boolean verbose;

  /** Whether stack traces are wanted. */
  public boolean verbose() {
    return verbose;
  }

  /** For verbs that are silent otherwise: log lines on the error stream, if asked for. */
  public void logWhenVerbose() {
    if (verbose) {
      Logs.toConsole(true);
    }
  }
}
