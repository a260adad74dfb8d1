package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;

/** {@code hyperflow encoder}: brings encoders of texts, and makes them faster. */
@Command(
    name = "encoder",
    description = "Makes bundles with encoders of your own, or of shorter numbers.",
    subcommands = {EncoderAddCommand.class, EncoderQuantiseCommand.class},
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class EncoderCommand extends VerbGroup {}
