package dev.hyperflow.app.cli;

import dev.hyperflow.app.lifecycle.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A verb that the launcher of a source tree answers itself, with a program that the application
 * does not carry. The application lists it and explains it; a test of the module that owns the verb
 * compares the explanation with the verb's own.
 */
abstract class SourceTreeVerb implements Callable<Integer> {
  private static final List<String> HELP = List.of("-h", "--help");
  private static final List<String> VERSION = List.of("-V", "--version");

  @Spec private CommandSpec spec;

  @Unmatched private List<String> given = new ArrayList<>();

  @Override
  public final Integer call() throws IOException {
    CommandLine line = spec.commandLine();
    if (given.stream().anyMatch(HELP::contains)) {
      line.getOut().print(help(spec.name()));
      line.getOut().flush();
      return ExitCode.OK.code();
    }
    if (given.stream().anyMatch(VERSION::contains)) {
      line.getParent().printVersionHelp(line.getOut());
      return ExitCode.OK.code();
    }
    throw new ParameterException(
        line,
        "%1$s: expected to be run as ./hyperflow %1$s in a source tree".formatted(spec.name()));
  }

  private static String help(String verb) throws IOException {
    String file = "/dev/hyperflow/app/help/%s.txt".formatted(verb);
    try (InputStream in = SourceTreeVerb.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** {@code hyperflow demo}. */
  @Command(
      name = "demo",
      description =
          "Plays a live scenario with a broker and a registry of its own; from a source tree.")
  static final class Demo extends SourceTreeVerb {}

  /** {@code hyperflow bench}. */
  @Command(
      name = "bench",
      description = "Measures the application against a real broker; from a source tree.")
  static final class Bench extends SourceTreeVerb {}

  /** {@code hyperflow train}. */
  @Command(
      name = "train",
      description = "Trains a bundle on your own labelled texts or topics; from a source tree.")
  static final class Train extends SourceTreeVerb {}

  /** {@code hyperflow evaluate}. */
  @Command(
      name = "evaluate",
      description = "Compares bundles on labelled texts; from a source tree.")
  static final class Evaluate extends SourceTreeVerb {}

  /** {@code hyperflow finetune}. */
  @Command(
      name = "finetune",
      description = "Fine-tunes the encoder for comparison; from a source tree.")
  static final class Finetune extends SourceTreeVerb {}
}
