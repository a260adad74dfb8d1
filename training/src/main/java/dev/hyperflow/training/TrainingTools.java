package dev.hyperflow.training;

import dev.hyperflow.training.evaluate.EvaluateCommand;
import dev.hyperflow.training.finetune.FineTuneCommand;
import dev.hyperflow.training.train.TrainCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs of this program. */
@Command(
    name = "hyperflow",
    description = "Makes and judges drift networks.",
    subcommands = {TrainCommand.class, EvaluateCommand.class, FineTuneCommand.class},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n")
final class TrainingTools implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a verb, found none");
  }
}
