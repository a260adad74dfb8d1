package dev.hyperflow.app.cli;

import picocli.CommandLine.Option;

/** Options every verb has. */
final class CommonOptions {

  @Option(
      names = {"-v", "--verbose"},
      description = "Stack traces with errors, and Kafka's own log lines.")
  private boolean verbose;

  boolean verbose() {
    return verbose;
  }
}
