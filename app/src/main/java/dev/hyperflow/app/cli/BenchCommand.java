package dev.hyperflow.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code hyperflow bench}, which the launcher of a source tree answers itself. It is listed here so
 * that the help names it, and says where it is when the program was started without the launcher.
 */
@Command(
    name = "bench",
    description = "Measures the application against a real broker; from a source tree.")
final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Unmatched private List<String> ignored = new ArrayList<>();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "bench: expected to be run as ./hyperflow bench in a source tree");
  }
}
