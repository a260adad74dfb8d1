package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyperflow encoder}: brings encoders of texts, and makes them faster. */
@Command(
    name = "encoder",
    description = "Makes bundles with encoders of your own, or of shorter numbers.",
    subcommands = {EncoderAddCommand.class, EncoderQuantiseCommand.class},
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
