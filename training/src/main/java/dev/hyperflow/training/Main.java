package dev.hyperflow.training;

import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.topology.errors.StartupException;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program behind {@code ./hyperflow train}, {@code evaluate} and {@code finetune}. */
public final class Main {
  private static final int WIDTH = 98;
  private static final int STARTUP = 3;

  private Main() {}

  /** Runs a verb and exits with 0, 1 (failed), 2 (usage or data) or 3 (brokers or bundle). */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and names that machines read
    System.exit(commandLine(new TrainingTools()).execute(args));
  }

  /**
   * A command line that prints an expected error as one line.
   *
   * @param command annotated as picocli asks for
   */
  public static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setUsageHelpWidth(WIDTH)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static int refuse(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    command.getErr().println("hyperflow: " + thrown.getMessage());
    command
        .getErr()
        .println(
            "'" + command.getCommandSpec().qualifiedName() + " --help' lists verbs and options.");
    return ExitCode.USAGE;
  }

  private static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
    int code = codeOf(thrown);
    command.getErr().println("hyperflow: " + thrown.getMessage());
    if (code == ExitCode.SOFTWARE) {
      thrown.printStackTrace(command.getErr());
    }
    return code;
  }

  private static int codeOf(Exception thrown) {
    if (thrown instanceof ConfigException || thrown instanceof DataFormatException) {
      return ExitCode.USAGE;
    }
    return thrown instanceof StartupException || thrown instanceof BundleException
        ? STARTUP
        : ExitCode.SOFTWARE;
  }
}
