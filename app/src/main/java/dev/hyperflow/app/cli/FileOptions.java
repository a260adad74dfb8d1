package dev.hyperflow.app.cli;

import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.FileFormat;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is told of a file of labelled texts. */
public final class FileOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "tsv, csv, jsonl, label-studio, argilla or rasa. Default: found from the beginning.")
  private String format;

  @Option(
      names = "--separator",
      paramLabel = "SIGN",
      description =
          "What stands between columns: tab, comma, semicolon, pipe or one character. Default:"
              + " found.")
  private String separator;

  @Option(
      names = "--header",
      negatable = true,
      description = "The first row names the columns, or does not. Default: found.")
  private Boolean header;

  @Option(
      names = "--columns",
      paramLabel = "ROLES",
      description =
          "Which columns or fields to take, by name or number: text=2,label=1,tenant=3,id=4."
              + " Default: found.")
  private String columns;

  /**
   * The form.
   *
   * @param tenant of rows that name none; empty: each row names its own
   */
  public FileForm form(Optional<String> tenant) {
    try {
      return new FileForm(
          Optional.ofNullable(format).map(FileOptions::formatOf),
          Optional.ofNullable(separator).map(FileForm::separator),
          Optional.ofNullable(header),
          Optional.ofNullable(columns).map(FileForm::columns).orElse(Map.of()),
          tenant);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static FileFormat formatOf(String word) {
    return FileFormat.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format: expected one of %s, found '%s'"
                        .formatted(java.util.List.of(FileFormat.values()), word)));
  }
}
