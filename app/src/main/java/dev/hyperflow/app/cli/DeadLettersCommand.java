package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyperflow dead-letters}. */
@Command(
    name = "dead-letters",
    description = "Shows refused records and sends them again.",
    subcommands = {DeadLettersShowCommand.class, DeadLettersReplayCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Errors.withoutVerb(spec);
  }
}
