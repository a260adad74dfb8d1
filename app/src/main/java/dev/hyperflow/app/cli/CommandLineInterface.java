package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Puts the command line together. */
public final class CommandLineInterface {

  private static final int WIDTH = 98;

  /** They close the list of a verb's options. */
  private static final List<String> STANDARD_OPTIONS = List.of("--verbose", "--help", "--version");

  private CommandLineInterface() {}

  /** The application's command line. */
  public static CommandLine create() {
    return of(new HyperFlowCommand());
  }

  /**
   * A command line that runs verbs, prints errors as one line, and explains its exit codes.
   *
   * @param command annotated as picocli asks for
   */
  public static CommandLine of(Object command) {
    Errors errors = new Errors();
    CommandLine line =
        new CommandLine(command)
            .setOut(new PrintWriter(System.out, true, Charset.defaultCharset()))
            .setExecutionStrategy(CommandLineInterface::executed)
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors)
            .setUsageHelpWidth(WIDTH)
            // A tenant may be called @something.
            .setExpandAtFiles(false)
            .setCaseInsensitiveEnumValuesAllowed(true);
    finish(line);
    return line;
  }

  /** A result that did not reach its reader is no success; a service needs no reader. */
  private static int executed(CommandLine.ParseResult parsed) {
    int code = new CommandLine.RunLast().execute(parsed);
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine last = commands.get(commands.size() - 1);
    if (code != ExitCode.OK.code()
        || last.getCommand() instanceof RunCommand
        || !last.getOut().checkError()) {
      return code;
    }
    last.getErr()
        .println("hyperflow: output: expected to take all lines, found that it is full or closed");
    last.getErr().flush();
    return ExitCode.FAILED.code();
  }

  private static void finish(CommandLine line) {
    explainExitCodes(line);
    if (line.getCommand() instanceof Verb) {
      STANDARD_OPTIONS.forEach(name -> moveToTheEnd(name, line.getCommandSpec()));
    }
    line.getSubcommands().values().forEach(CommandLineInterface::finish);
  }

  private static void moveToTheEnd(String name, CommandSpec spec) {
    OptionSpec option = spec.findOption(name);
    spec.remove(option);
    spec.addOption(option);
  }

  private static void explainExitCodes(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(" " + code.code(), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
    line.getCommandSpec().usageMessage().exitCodeList(codes);
  }
}
