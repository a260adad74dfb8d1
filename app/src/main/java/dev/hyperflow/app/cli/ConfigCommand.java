package dev.hyperflow.app.cli;

import dev.hyperflow.topology.HyperFlowConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hyperflow config}: what can be set. */
@Command(
    name = "config",
    description = "Explains the settings.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ConfigCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected 'docs', found nothing");
  }

  @Command(
      name = "docs",
      description = "Prints all settings with default, range and meaning, as Markdown.",
      mixinStandardHelpOptions = true)
  void docs() {
    spec.commandLine().getOut().println(HyperFlowConfig.table());
  }
}
