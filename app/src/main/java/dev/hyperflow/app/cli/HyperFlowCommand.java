package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hyperflow} itself: it has verbs and does nothing without one. */
@Command(
    name = "hyperflow",
    description = "Per-tenant classifiers that adapt to a stream of labelled events.",
    subcommands = {
      SourceTreeVerb.Demo.class,
      RunCommand.class,
      BundleCommand.class,
      EncoderCommand.class,
      ConfigCommand.class,
      ImportCommand.class,
      TenantCommand.class,
      ReviewCommand.class,
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
final class HyperFlowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().usage(err);
    err.println();
    err.println("hyperflow: expected a verb, found none");
    return ExitCode.USAGE.code();
  }
}
