package dev.hyperflow.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A verb that the launcher of a source tree answers itself, with a program that the application
 * does not carry. It is listed here so that the help names it, and says where it is when the
 * program was started without the launcher.
 */
abstract class SourceTreeVerb implements Runnable {

  @Spec private CommandSpec spec;

  @Unmatched private List<String> ignored = new ArrayList<>();

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "%1$s: expected to be run as ./hyperflow %1$s in a source tree".formatted(spec.name()));
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
      description = "Judges bundles side by side on labelled texts; from a source tree.")
  static final class Evaluate extends SourceTreeVerb {}

  /** {@code hyperflow finetune}. */
  @Command(
      name = "finetune",
      description = "Fine-tunes the encoder, to compare with; from a source tree.")
  static final class Finetune extends SourceTreeVerb {}
}
