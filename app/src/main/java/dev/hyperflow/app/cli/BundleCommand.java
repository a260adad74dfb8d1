package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class BundleCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw Errors.withoutVerb(spec);
  }
}
