package dev.hyperflow.app.cli;

import dev.hyperflow.app.bundle.BundleFolders;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.graph.InitialBias;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import dev.hyperflow.models.internal.make.BundleMaker;
import dev.hyperflow.models.internal.make.BundlePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code hyperflow bundle create}. */
@Command(
    name = "create",
    description = {
      "Makes a complete bundle from a drift network that you trained elsewhere.",
      "docs/bring-your-own-drift.md states the contract of the network."
    },
    sortOptions = false,
    showDefaultValues = true)
final class BundleCreateCommand extends Verb {

  private static final String ANY = "any";

  /** Encoders that a bundle can name. */
  enum KnownEncoder {
    NONE,
    MINILM
  }

  @Option(names = "--drift", paramLabel = "FILE", required = true, description = "drift.onnx")
  private Path drift;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder.")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "S",
      defaultValue = "8",
      description = "Euler steps, 1 to 1000; S + 1 drift evaluations.")
  private int steps;

  @Option(
      names = "--horizon",
      paramLabel = "T",
      required = true,
      showDefaultValue = Visibility.NEVER,
      description = "End of trajectories in flow time, above 0, at most 1000.")
  private float horizon;

  @Option(
      names = "--scale",
      paramLabel = "X",
      required = true,
      showDefaultValue = Visibility.NEVER,
      description = "Factor of the class means in the initial head, above 0, at most 1000.")
  private float scale;

  @Option(
      names = "--bias",
      defaultValue = "nearest-mean",
      description = "Bias of the initial head: nearest-mean or zero.")
  private String bias;

  @Option(
      names = "--dimension",
      paramLabel = "D",
      defaultValue = ANY,
      description = "Features the network takes: a number, or 'any'.")
  private String dimension;

  @Option(
      names = "--inner",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Number of the last features that are a second block, which is mixed with the first by"
              + " evidence from the examples. 0: one block.")
  private int inner;

  @Option(
      names = "--max-labels",
      paramLabel = "N",
      defaultValue = "200",
      description = "Maximum number of labels per tenant.")
  private int maxLabels;

  @Option(
      names = "--max-examples",
      paramLabel = "M",
      defaultValue = "16384",
      description =
          "Maximum number of examples per tenant, M. A network that compares examples needs M²"
              + " floats.")
  private int maxExamples;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1",
      description = "Divisor of logits, 0.001 to 1000.")
  private double temperature;

  @Option(
      names = "--encoder",
      defaultValue = "none",
      description = "Encoder of texts: none (feature vectors only) or minilm (D = 384).")
  private KnownEncoder encoder;

  @Option(names = "--name", defaultValue = "my-drift", description = "The bundle's name.")
  private String name;

  @Option(
      names = "--description",
      defaultValue = "A drift network that was trained elsewhere.",
      description = "One sentence.")
  private String description;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "NONE",
      description = "Licence of the bundle.")
  private String licence;

  @Option(names = "--force", description = "Replaces a bundle that is already in the folder.")
  private boolean force;

  @Override
  ExitCode run() throws IOException {
    if (!Files.isRegularFile(drift)) {
      throw usage("--drift: " + drift + ": no such file");
    }
    byte[] network = Files.readAllBytes(drift);
    try {
      BundleFolders.requireFree("--out", out, force);
      BundleMaker.make(network, plan(), out);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
    out().printf("%s is a bundle now.%nhyperflow bundle verify %s%n", out, out);
    return ExitCode.OK;
  }

  private BundlePlan plan() {
    return new BundlePlan(
        new BundlePlan.Label(name, description, licence),
        new IntegrationPlan(steps, horizon, scale, initialBias(), blocks()),
        featureDimension(),
        Buckets.standard().upTo(maxLabels, maxExamples),
        temperature,
        encoder == KnownEncoder.MINILM
            ? Optional.of(ShippedBundles.MINILM)
            : Optional.<EncoderReference>empty());
  }

  private Optional<Blocks> blocks() {
    if (inner == 0) {
      return Optional.empty();
    }
    if (encoder != KnownEncoder.NONE) {
      throw new IllegalArgumentException(
          "--inner: expected 0 with an encoder of one block, found " + inner);
    }
    return Optional.of(Blocks.standard(inner));
  }

  private InitialBias initialBias() {
    return switch (bias) {
      case "zero" -> InitialBias.ZERO;
      case "nearest-mean" -> InitialBias.NEAREST_MEAN;
      default ->
          throw new IllegalArgumentException(
              "--bias: expected nearest-mean or zero, found " + bias);
    };
  }

  private FeatureDimension featureDimension() {
    if (dimension.toLowerCase(Locale.ROOT).equals(ANY)) {
      return FeatureDimension.any();
    }
    try {
      return FeatureDimension.of(Integer.parseInt(dimension));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--dimension: expected a number or 'any', found " + dimension, e);
    }
  }
}
