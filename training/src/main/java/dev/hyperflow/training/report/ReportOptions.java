package dev.hyperflow.training.report;

import dev.hyperflow.training.cli.Verbosity;
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

/** Options that every command has which measures on few-shot episodes and writes a report. */
public final class ReportOptions {

  /** Set by the launcher, as Java itself cannot tell whether its output is a terminal. */
  private static final String TERMINAL = "hyperflow.terminal";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR|FILE",
      arity = "1..*",
      required = true,
      description =
          "Labelled texts, 'label<TAB>text' or 'tenant<TAB>label<TAB>text' a line, or directories"
              + " of .tsv files.")
  private List<Path> data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to write; files of the same names are replaced.")
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
      description = "Decides which episodes: every command draws the same.")
  private long seed;

  @Mixin private Verbosity verbosity;

  /** Files and directories of labelled texts. */
  public List<Path> data() {
    return data;
  }

  /** Directory of the report. */
  public Path out() {
    return out;
  }

  /** Pages to write into, too. */
  public List<Path> markdown() {
    return List.copyOf(markdown);
  }

  /** Decides which episodes. */
  public long seed() {
    return seed;
  }

  /** Where progress is shown; turns on log lines if they are asked for. */
  public Progress progress() {
    verbosity.apply();
    return new Progress(System.err, Boolean.getBoolean(TERMINAL), System::nanoTime);
  }

  /**
   * Requires an option to be in its range.
   *
   * @throws ParameterException if it is not
   */
  public void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw refused("%s: expected %d to %d, found %d".formatted(option, least, most, value));
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
