package dev.hyperflow.demo;

import dev.hyperflow.app.cli.CommandLineInterface;
import dev.hyperflow.app.lifecycle.Logs;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program behind {@code ./hyperflow demo}. */
@Command(
    name = "hyperflow",
    description = "Plays a live scenario.",
    subcommands = DemoCommand.class,
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  Main() {}

  /** Plays and exits with the demo's code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers and names that machines read
    Logs.quiet();
    System.exit(CommandLineInterface.of(new Main()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected the verb demo, found none");
  }
}
