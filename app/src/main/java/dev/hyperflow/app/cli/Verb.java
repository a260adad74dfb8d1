package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that is silent but for its result, unless log lines are asked for. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class Verb implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  /** Does the work. */
  abstract ExitCode run() throws IOException, InterruptedException;

  @Override
  public final Integer call() throws IOException, InterruptedException {
    common.logWhenVerbose();
    return run().code();
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** The error of an option or parameter that cannot be used. */
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final ParameterException usage(String message, Exception cause) {
    return new ParameterException(spec.commandLine(), message, cause);
  }

  /** Asks a person at the terminal; an answer that begins with y agrees. */
  final boolean agreed(String question) {
    out().print(question + " [y/N] ");
    out().flush();
    Scanner answers = new Scanner(System.in, StandardCharsets.UTF_8);
    return answers.hasNextLine()
        && answers.nextLine().strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  final void requireRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw usage("%s: expected %d to %d, found %d".formatted(option, min, max, value));
    }
  }
}
