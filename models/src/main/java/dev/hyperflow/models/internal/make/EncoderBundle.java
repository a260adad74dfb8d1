package dev.hyperflow.models.internal.make;

import static dev.hyperflow.models.internal.Check.check;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Manifest.Provenance;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a bundle of an encoder and the drift network of another bundle. */
public final class EncoderBundle {

  /*
   * A drift network sees inner products alone, so it takes any width. What does not go along is
   * what was fitted to the vectors of the other encoder: the scope score, the figures, and the
   * second block with its projection.
   */

  private static final String MODEL = "encoder.onnx";
  private static final String TOKENIZER = "tokenizer.json";

  private EncoderBundle() {}

  /**
   * Writes the bundle.
   *
   * @param network location of the bundle whose drift network it takes
   * @param label how it is called; its name is the encoder's, too
   * @param directory created if missing; files of the same names are replaced
   * @return the manifest
   * @throws IllegalArgumentException if the network does not take the encoder's width, or a value
   *     is not allowed; nothing is written then
   * @throws dev.hyperflow.models.BundleException if the network's bundle cannot be used
   */
  public static Manifest make(
      EncoderFolder encoder, String network, BundlePlan.Label label, Path directory)
      throws IOException {
    BundleFiles base = BundleFiles.read(network);
    Manifest manifest = base.manifest();
    check(
        manifest.featureDimension().accepts(encoder.dimension()),
        "width",
        manifest.featureDimension() + " as the network of " + base.id() + " takes",
        encoder.dimension());
    Map<String, byte[]> content = base.content();
    byte[] drift = content.get(Manifest.DRIFT);
    Map<String, byte[]> files = new TreeMap<>();
    files.put(Manifest.DRIFT, drift);
    files.put(
        Manifest.INTEGRATE,
        manifest.blocks() == null
            ? content.get(Manifest.INTEGRATE)
            : IntegrateGraph.build(
                drift, IntegrationPlan.of(manifest).withBlocks(Optional.empty())));
    files.put(MODEL, Files.readAllBytes(encoder.model()));
    files.put(TOKENIZER, Files.readAllBytes(encoder.tokenizer()));
    return BundleWriter.write(
        directory,
        files,
        hashes ->
            new Manifest(
                Manifest.FORMAT_VERSION,
                label.name(),
                label.description(),
                manifest.featureDimension(),
                manifest.integrator(),
                manifest.steps(),
                manifest.horizon(),
                manifest.buckets(),
                manifest.initialHead(),
                new Manifest.Softmax(
                    manifest.calibration().temperature(), manifest.calibration().size(), null),
                reference(label.name(), encoder, hashes),
                null,
                hashes,
                withoutFigures(manifest.provenance()),
                label.licence()));
  }

  private static EncoderReference reference(
      String name, EncoderFolder encoder, SortedMap<String, String> hashes) {
    String output = encoder.graph().output();
    return new EncoderReference(
        name,
        MODEL,
        hashes.get(MODEL),
        TOKENIZER,
        hashes.get(TOKENIZER),
        encoder.pooling(),
        encoder.normalise(),
        encoder.maxTokens(),
        encoder.dimension(),
        null,
        output.equals(EncoderReference.LAST_HIDDEN_STATE) ? null : output,
        encoder.prefixes().equals(TextPrefixes.NONE) ? null : encoder.prefixes(),
        null);
  }

  private static Provenance withoutFigures(Provenance network) {
    return new Provenance(
        network.data(),
        network.seed(),
        network.objective(),
        network.seconds(),
        network.bytes(),
        new TreeMap<>(),
        network.training());
  }
}
