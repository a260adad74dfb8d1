package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.tenant.ApiException;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.topology.errors.StartupException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints errors as one line and a hint, and knows their exit codes. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final List<String> VERBOSE = List.of("-v", "--verbose");

  /** The exit code that belongs to what a command threw. */
  static ExitCode exitCodeOf(Throwable thrown) {
    if (thrown instanceof ApiException api) {
      return switch (api.kind()) {
        case REFUSED -> ExitCode.USAGE;
        case UNREACHABLE -> ExitCode.STARTUP;
        case UNKNOWN_TENANT, FAILED -> ExitCode.FAILED;
      };
    }
    if (thrown instanceof ConfigException || thrown instanceof DataFormatException) {
      return ExitCode.USAGE;
    }
    if (thrown instanceof StartupException
        || thrown instanceof BundleException
        || thrown instanceof ServerStartException) {
      return ExitCode.STARTUP;
    }
    return ExitCode.FAILED;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    print(command, messageOf(thrown));
    if (parsed.originalArgs().stream().anyMatch(VERBOSE::contains)) {
      thrown.printStackTrace(command.getErr());
    } else if (!isExpected(thrown)) {
      command.getErr().println("Add --verbose for the stack trace.");
    }
    command.getErr().flush();
    return exitCodeOf(thrown).code();
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    print(command, thrown.getMessage());
    suggestion(thrown)
        .ifPresent(meant -> command.getErr().println("Did you mean '" + meant + "'?"));
    command
        .getErr()
        .println(
            "'" + command.getCommandSpec().qualifiedName() + " --help' lists verbs and options.");
    command.getErr().flush();
    return ExitCode.USAGE.code();
  }

  private static Optional<String> suggestion(ParameterException thrown) {
    return thrown instanceof UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream()
            .limit(1)
            .flatMap(
                word -> Suggestions.of(word, thrown.getCommandLine().getCommandSpec()).stream())
            .findFirst()
        : Optional.empty();
  }

  private static void print(CommandLine command, String message) {
    command.getErr().println("hyperflow: " + message);
  }

  /** An expected error's message stands alone; of others the kind is needed, too. */
  private static String messageOf(Exception thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    String first = message.lines().findFirst().orElse("");
    return isExpected(thrown) ? first : thrown.getClass().getSimpleName() + ": " + first;
  }

  private static boolean isExpected(Exception thrown) {
    return thrown instanceof ApiException || exitCodeOf(thrown) != ExitCode.FAILED;
  }
}
