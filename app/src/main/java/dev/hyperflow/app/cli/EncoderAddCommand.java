package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.AddedEncoder;
import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.make.BundlePlan;
import dev.hyperflow.models.internal.make.EncoderChoices;
import dev.hyperflow.models.internal.make.EncoderFolder;
import dev.hyperflow.models.internal.verify.ExpectedVectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperflow encoder add}. */
@Command(
    name = "add",
    description = {
      "Makes a bundle of a sentence-transformers folder whose model was exported to ONNX.",
      "Checks the encoder, and writes no bundle if a check fails. docs/encoders.md explains both."
    },
    sortOptions = false)
final class EncoderAddCommand extends Verb {

  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder with an ONNX file and tokenizer.json. Reads modules.json, 1_Pooling/config.json,"
              + " config_sentence_transformers.json and sentence_bert_config.json if they are there.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder.")
  private Path out;

  @Option(names = "--name", description = "Name of encoder and bundle. Default: the folder's name.")
  private String name;

  @Option(
      names = "--network",
      paramLabel = "BUNDLE",
      defaultValue = ShippedBundles.DRIFT,
      description = "The bundle whose drift network it takes. Default: ${DEFAULT-VALUE}")
  private String network;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The ONNX file, if the folder has several.")
  private Path model;

  @Option(
      names = "--pooling",
      paramLabel = "MODE",
      description = "mean or cls. Default: as 1_Pooling/config.json says.")
  private String pooling;

  @Option(
      names = "--normalise",
      negatable = true,
      arity = "0",
      description =
          "Scales vectors to length 1, or not. Default: as modules.json says; without it, scales.")
  private Boolean normalise;

  @Option(
      names = "--query-prefix",
      paramLabel = "TEXT",
      description = "What is put before queries, such as 'query: '. Default: the folder's prompts.")
  private String queryPrefix;

  @Option(
      names = "--example-prefix",
      paramLabel = "TEXT",
      description =
          "What is put before examples, such as 'passage: '. Default: as"
              + " --query-prefix, then the folder's prompts.")
  private String examplePrefix;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description =
          "Maximum number of tokens of a text, 8 to 512, a multiple of 8. Default: the folder's.")
  private Integer maxTokens;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description = "Vectors to compare with: JSON objects with text (prefix included) and vector.")
  private Path expect;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description =
          "Texts of your tenants, in any format that 'import' reads. Says what the encoder knows of"
              + " them.")
  private Path texts;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "NOASSERTION",
      description = "Licence of the bundle.")
  private String licence;

  @Option(names = "--force", description = "Replaces a bundle that is already in the folder.")
  private boolean force;

  @Override
  ExitCode run() throws IOException {
    PrintWriter screen = out();
    try {
      BundleFolders.requireFree("--out", out, force);
      Optional<ExpectedVectors> expected =
          expect == null ? Optional.empty() : Optional.of(ExpectedVectors.read(expect));
      List<String> samples = texts == null ? List.of() : AddedEncoder.texts(texts);
      String called = name == null ? EncoderFolder.nameOf(folder) : name;
      AddedEncoder added =
          new AddedEncoder(
              EncoderFolder.read(folder, choices()),
              BundleFolders.locationOf(network),
              new BundlePlan.Label(
                  called,
                  "Encoder %s with the drift network of %s.".formatted(called, network),
                  licence));
      added.lines().forEach(screen::println);
      screen.flush();
      boolean ok =
          added.write(
              out,
              expected,
              samples,
              finding -> {
                screen.println(finding);
                screen.flush();
              });
      if (!ok) {
        err().println("hyperflow: a check failed; no bundle was written");
        return ExitCode.FAILED;
      }
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
    screen.printf("%s is a bundle now.%nhyperflow demo --bundle %s%n", out, out);
    return ExitCode.OK;
  }

  private EncoderChoices choices() {
    return new EncoderChoices(
        Optional.ofNullable(model),
        Optional.ofNullable(pooling),
        Optional.ofNullable(normalise),
        Optional.ofNullable(queryPrefix),
        Optional.ofNullable(examplePrefix).or(() -> Optional.ofNullable(queryPrefix)),
        maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens));
  }
}
