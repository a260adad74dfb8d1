package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyperflow encoder}: changes the encoder of a bundle. */
@Command(
    name = "encoder",
    description = "Changes the encoder of a bundle.",
    subcommands = {EncoderQuantiseCommand.class},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class EncoderCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Errors.withoutVerb(spec);
  }
}
