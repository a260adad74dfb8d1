package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Puts the command line together. */
public final class CommandLineInterface {

  private static final int WIDTH = 98;

  private CommandLineInterface() {}

  /** A command line that runs verbs, prints errors as one line, and explains its exit codes. */
  public static CommandLine create() {
    Errors errors = new Errors();
    CommandLine line =
        new CommandLine(new HyperFlowCommand())
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors)
            .setUsageHelpWidth(WIDTH)
            .setCaseInsensitiveEnumValuesAllowed(true);
    explainExitCodes(line);
    return line;
  }

  private static void explainExitCodes(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.code(), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    line.getCommandSpec().usageMessage().exitCodeList(codes);
    line.getSubcommands().values().forEach(CommandLineInterface::explainExitCodes);
  }
}
