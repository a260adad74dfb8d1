package dev.hyperflow.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hyperflow} itself: it has verbs and does nothing without one. */
@Command(
    name = "hyperflow",
    description = "Per-tenant classifiers that adapt to a stream of labelled events.",
    subcommands = {
      SourceTreeVerb.Demo.class,
      RunCommand.class,
      BundleCommand.class,
      ConfigCommand.class,
      TenantCommand.class,
      TokenCommand.class,
      TopologyCommand.class,
      DeadLettersCommand.class,
      LoadCommand.class,
      CompletionCommand.class,
      SourceTreeVerb.Bench.class,
      SourceTreeVerb.Train.class,
      SourceTreeVerb.Evaluate.class,
      SourceTreeVerb.Finetune.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {"", "'hyperflow VERB --help' explains a verb."})
final class HyperFlowCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a verb, found none");
  }
}
