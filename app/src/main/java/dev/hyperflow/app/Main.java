package dev.hyperflow.app;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.Logs;

/** The program. */
public final class Main {

  private Main() {}

  /** Runs a verb and exits with its code. */
  public static void main(String[] args) {
    Logs.quiet();
    System.exit(CommandLineInterface.create().execute(args));
  }
}
