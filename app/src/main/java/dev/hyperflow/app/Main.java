package dev.hyperflow.app;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.Logs;
import java.util.Locale;

/** The program behind {@code ./hyperflow}: its verbs but those of a source tree. */
public final class Main {

  private Main() {}

  /** Runs a verb and exits with its code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and names that machines read
    Logs.quiet();
    System.exit(run(args));
  }

  /** Whatever happens, the process ends: a thread left behind must not keep it. */
  private static int run(String[] args) {
    try {
      return CommandLineInterface.create().execute(args);
    } catch (Throwable e) {
      System.err.println("hyperflow: " + e);
      return ExitCode.FAILED.code();
    }
  }
}
