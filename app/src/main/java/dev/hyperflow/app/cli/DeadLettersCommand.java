package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;

/** {@code hyperflow dead-letters}. */
@Command(
    name = "dead-letters",
    description = "Shows refused records and sends them again.",
    subcommands = {DeadLettersShowCommand.class, DeadLettersReplayCommand.class},
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class DeadLettersCommand extends VerbGroup {}
