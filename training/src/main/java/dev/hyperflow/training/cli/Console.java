package dev.hyperflow.training.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option {@code --verbose}, and where a verb shows its progress. */
public final class Console {

  /** The launcher sets it, as Java itself cannot tell whether its output is a terminal. */
  private static final String TERMINAL = "hyperflow.terminal";

  @Option(
      names = {"-v", "--verbose"},
      description = "Writes log lines to the error stream.")
  private boolean verbose;

  /**
   * Starts to show progress, and turns log lines on if the user asked for them. Otherwise {@code
   * logback.xml} keeps them off.
   */
  public Progress progress(PrintStream out) {
    if (verbose) {
      ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }
    return new Progress(out, Boolean.getBoolean(TERMINAL), System::nanoTime);
  }
}
