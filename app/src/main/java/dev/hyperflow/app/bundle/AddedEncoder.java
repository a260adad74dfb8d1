package dev.hyperflow.app.bundle;

import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.make.EncoderBundle;
import dev.hyperflow.models.internal.make.EncoderFolder;
import dev.hyperflow.models.internal.verify.EncoderVerifier;
import dev.hyperflow.models.internal.verify.ExpectedVectors;
import dev.hyperflow.models.internal.verify.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An encoder that becomes a bundle.
 *
 * @param encoder what its folder says
 * @param network location of the bundle whose drift network it takes
 * @param label how the bundle is called
 */
public record AddedEncoder(EncoderFolder encoder, String network, BundlePlan.Label label) {

  private static final DataLimits ANY =
      new DataLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** Texts of a file that {@code import} reads, without their labels. */
  public static List<String> texts(Path file) throws IOException {
    return LabelledFile.read(file, FileForm.UNKNOWN, ANY).utterances().stream()
        .map(Utterance::text)
        .toList();
  }

  /** What was found in the folder, a line each. */
  public List<String> lines() throws IOException {
    return List.of(
        row(
            "model",
            String.format(
                Locale.ROOT,
                "%,d bytes, %d features, output %s",
                Files.size(encoder.model()),
                encoder.dimension(),
                encoder.graph().output())),
        row(
            "tokenizer",
            "%s, at most %d tokens of a text"
                .formatted(encoder.tokenizerKind(), encoder.maxTokens())),
        row("pooling", encoder.pooling() + (encoder.normalise() ? ", scaled to length 1" : "")),
        row(
            "prefixes",
            "query '%s', example '%s'"
                .formatted(encoder.prefixes().query(), encoder.prefixes().example())),
        row(
            "network",
            network + ": fits any width; its calibration was fitted to the encoder it came with"));
  }

  private static String row(String name, String value) {
    return "%-10s %s".formatted(name, value);
  }

  /**
   * Writes the bundle, if its checks do not fail.
   *
   * @param out the bundle's folder; files of the same names are replaced
   * @param expected as for {@link EncoderVerifier#verify}
   * @param texts as for {@link EncoderVerifier#verify}
   * @param progress is told each finding at once
   * @return whether it was written
   */
  public boolean write(
      Path out, Optional<ExpectedVectors> expected, List<String> texts, Consumer<Finding> progress)
      throws IOException {
    Path parent = Files.createDirectories(out.toAbsolutePath().getParent());
    Path draft = Files.createTempDirectory(parent, ".encoder");
    try {
      Manifest manifest = EncoderBundle.make(encoder, network, label, draft);
      if (!EncoderVerifier.verify(draft.toString(), expected, texts, System::nanoTime, progress)
          .ok()) {
        return false;
      }
      Files.createDirectories(out);
      for (String file : manifest.files().keySet()) {
        move(draft, out, file);
      }
      move(draft, out, Manifest.FILE);
      return true;
    } finally {
      try (Stream<Path> rest = Files.walk(draft)) {
        for (Path path : rest.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void move(Path from, Path to, String file) throws IOException {
    Files.move(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }
}
