package dev.hyperflow.training.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option of every verb that turns log lines on; {@code logback.xml} turns them off. */
public final class Verbosity {
  @Option(
      names = {"-v", "--verbose"},
      description = "Log lines on the error stream.")
  private boolean verbose;

  /** Applies the option. */
  public void apply() {
    if (verbose) {
      ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }
  }
}
