package dev.hyperflow.training;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.Logs;

/** The program behind {@code ./hyperflow train}, {@code evaluate} and {@code finetune}. */
public final class Main {
  private Main() {}

  /** Runs a verb and exits. */
  public static void main(String[] args) {
    Logs.quiet();
    System.exit(CommandLineInterface.of(new TrainingTools()).execute(args));
  }
}
