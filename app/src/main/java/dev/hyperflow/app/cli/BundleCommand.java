package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;

/** {@code hyperflow bundle}: makes bundles, and looks into them. */
@Command(
    name = "bundle",
    description = "Makes, lists, shows and verifies bundles.",
    subcommands = {
      BundleVerifyCommand.class,
      BundleInspectCommand.class,
      BundleListCommand.class,
      BundleCreateCommand.class
    },
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class BundleCommand extends VerbGroup {}
