package dev.hyperflow.training.report;

import dev.hyperflow.training.cli.Console;
import dev.hyperflow.training.cli.Progress;
import dev.hyperflow.training.data.Setting;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Options of commands that measure on few-shot episodes and write a report. */
public final class ReportOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      arity = "1..*",
      required = true,
      description =
          "Labelled texts as TSV, CSV, JSON lines, an export of Label Studio or Argilla, or nlu.yml"
              + " of Rasa; or directories of .tsv, .csv and .jsonl files.")
  private List<Path> data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the report goes. Files of the same names are replaced.")
  private Path out;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Also writes the report, without charts, between the markers of these pages.")
  private List<Path> markdown = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20",
      description = "Decides which episodes are drawn. Every command draws the same.")
  private long seed;

  @Mixin private Console console;

  /** Files and directories of labelled texts. */
  public List<Path> data() {
    return data;
  }

  /** Where the report goes. */
  public Destination destination() {
    return new Destination(out, markdown);
  }

  /** Decides which episodes are drawn. */
  public long seed() {
    return seed;
  }

  /** Starts to show progress on the error stream. */
  public Progress progress() {
    return console.progress(System.err);
  }

  /**
   * Requires an option to be in its range.
   *
   * @throws ParameterException if it is not
   */
  public void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw refused("%s: expected %d to %d, found %d".formatted(option, min, max, value));
    }
  }

  /** The error of options that cannot be used. */
  public ParameterException refused(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Reads the shape of episodes. */
  public static final class SettingConverter implements ITypeConverter<Setting> {
    @Override
    public Setting convert(String text) {
      try {
        return Setting.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
