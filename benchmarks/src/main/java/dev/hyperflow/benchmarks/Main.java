package dev.hyperflow.benchmarks;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.Logs;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program behind {@code ./hyperflow bench}. */
public final class Main {
  private Main() {}

  /** Measures and exits. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and names that machines read
    Logs.quiet();
    System.exit(commandLine().execute(args));
  }

  /** A command line that prints an error as one line, and with a stack trace when it is a bug. */
  public static CommandLine commandLine() {
    return new CommandLine(new BenchCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setStopAtPositional(true)
        .setParameterExceptionHandler(
            (ParameterException thrown, String[] args) -> {
              thrown.getCommandLine().getErr().println("hyperflow bench: " + thrown.getMessage());
              return ExitCode.USAGE.code();
            })
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              thrown.printStackTrace(command.getErr());
              return ExitCode.FAILED.code();
            });
  }
}
