package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.make.EncoderAgreement;
import dev.hyperflow.models.internal.make.EncoderQuantiser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow encoder quantise}. */
@Command(
    name = "quantise",
    description = {
      "Makes a bundle whose encoder multiplies shorter numbers. int8: whole numbers of one byte,"
          + " several times as fast on a processor with VNNI, and nearly as accurate. fp16: 16 bits,"
          + " half the file, for graphics cards.",
      "The vectors are a feature space of their own. docs/encoders.md says what that means."
    },
    sortOptions = false)
final class EncoderQuantiseCommand extends Verb {

  private static final DataLimits LIMITS = new DataLimits(256, 256, 65_536, 65_536);

  private enum Type {
    INT8,
    FP16
  }

  @Parameters(
      paramLabel = "BUNDLE",
      description =
          "The bundle whose encoder and drift network it takes: a directory, a .zip file,"
              + " 'classpath:…', or the name of a shipped bundle.")
  private String location;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "int8",
      description = "int8 or fp16. Default: ${DEFAULT-VALUE}.")
  private Type type;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Labelled texts like those that the encoder will see. int8 needs them: they set the range"
              + " of numbers inside the encoder. 1,024 are used; none is written. fp16 only compares"
              + " its vectors with the old ones.")
  private List<Path> texts = List.of();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The new bundle's folder.")
  private Path to;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The new bundle's name. Default: the old one with -int8 or -fp16.")
  private String name;

  @Option(names = "--force", description = "Replaces a bundle that is already in the folder.")
  private boolean force;

  @Override
  ExitCode run() throws IOException {
    String source = BundleFolders.locationOf(location);
    PrintWriter out = out();
    try {
      BundleFolders.requireFree("--to", to, force);
      List<String> read = read();
      Manifest made =
          type == Type.FP16
              ? EncoderQuantiser.fp16(source, name, to)
              : EncoderQuantiser.int8(source, name, read, corpus(), to);
      out.printf(
          Locale.ROOT,
          "%s is a bundle now: %s, encoder %s.%n",
          to,
          made.name(),
          made.encoder().id());
      if (!read.isEmpty()) {
        EncoderAgreement agreement = EncoderAgreement.of(source, to.toString(), read);
        out.printf(
            Locale.ROOT,
            "Its vectors have a cosine of %.4f with the old ones in the mean, %.4f at least, of %d"
                + " texts.%n",
            agreement.mean(),
            agreement.least(),
            agreement.texts());
      }
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private String corpus() {
    return "texts of "
        + texts.stream()
            .map(file -> file.getFileName().toString().replaceFirst("\\.[a-z]+$", ""))
            .collect(Collectors.joining(", "));
  }

  private List<String> read() {
    List<String> all = new ArrayList<>();
    for (Path file : texts) {
      LabelledFile.read(file, FileForm.UNKNOWN, LIMITS).utterances().stream()
          .map(Utterance::text)
          .forEach(all::add);
    }
    return all;
  }
}
