package dev.hyperflow.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that has verbs and does nothing without one. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class VerbGroup implements Runnable {

  @Spec private CommandSpec spec;

  final CommandLine commandLine() {
    return spec.commandLine();
  }

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "%s: expected a verb (%s), found none"
            .formatted(spec.name(), String.join(", ", spec.subcommands().keySet())));
  }
}
