package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Quantisation;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.Fp16EncoderGraph;
import dev.hyperflow.models.internal.graph.Grid;
import dev.hyperflow.models.internal.graph.Int8EncoderGraph;
import dev.hyperflow.models.internal.onnx.EncoderFiles;
import dev.hyperflow.models.internal.onnx.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Makes a bundle whose encoder multiplies shorter numbers. */
public final class EncoderQuantiser {

  /** The file of a bundle that holds such an encoder. */
  public static final String FILE = "encoder.onnx";

  /** The file of a bundle that holds the tokenizer, if the class path does not. */
  private static final String TOKENIZER = "tokenizer.json";

  /** Texts that are enough; of more, this many are taken evenly. */
  static final int MAX_TEXTS = 1024;

  /** Of so many tokens one is kept: about 1,500 of 1,024 short texts. */
  private static final int ROW_STEP = 17;

  private final BundleFiles files;
  private final EncoderReference encoder;
  private final EncoderFiles sources;
  private final Set<String> kept;

  private EncoderQuantiser(String location) throws IOException {
    this.files = BundleFiles.read(location);
    this.encoder =
        files
            .manifest()
            .encoderReference()
            .orElseThrow(
                () ->
                    new BundleException(
                        "bundle " + location + ": expected an encoder, found none"));
    Check.check(encoder.quantisation() == null, "encoder", "one of floats", encoder.id());
    this.sources = BundleFiles.encoderFiles(location);
    this.kept = encoder.inner() == null ? Set.of() : Set.of(encoder.inner().value());
  }

  /**
   * Writes a bundle whose encoder multiplies whole numbers of one byte.
   *
   * @param location the bundle whose encoder and drift network it takes; as for {@code Bundle.load}
   * @param name its name; null for that of the old one with -int8
   * @param texts what the steps of activations are found with; none of them is written
   * @param corpus what the texts are, in words
   * @param directory created if missing; files of the same names are replaced
   * @return the manifest
   * @throws BundleException if the bundle cannot be used or has no encoder
   * @throws IllegalArgumentException if there are no texts, or the encoder is quantised already or
   *     multiplies by no constant matrix
   */
  public static Manifest int8(
      String location, String name, List<String> texts, String corpus, Path directory)
      throws IOException {
    Check.check(!texts.isEmpty(), "texts", "at least one", "none");
    EncoderQuantiser of = new EncoderQuantiser(location);
    Int8EncoderGraph graph = Int8EncoderGraph.of(of.encoder.model(), of.sources.model(), of.kept);
    byte[] model = graph.quantised(grids(graph, of.encoder, of.sources, evenly(texts)));
    Quantisation made = Quantisation.int8(of.encoder.modelSha256(), corpus);
    return of.write(model, made, name, directory);
  }

  /**
   * Writes a bundle whose encoder multiplies numbers of 16 bits.
   *
   * @param location the bundle whose encoder and drift network it takes; as for {@code Bundle.load}
   * @param name its name; null for that of the old one with -fp16
   * @param directory created if missing; files of the same names are replaced
   * @return the manifest
   * @throws BundleException if the bundle cannot be used or has no encoder
   * @throws IllegalArgumentException if the encoder is quantised already, multiplies by no constant
   *     matrix, or has a weight that is too large
   */
  public static Manifest fp16(String location, String name, Path directory) throws IOException {
    EncoderQuantiser of = new EncoderQuantiser(location);
    byte[] model = Fp16EncoderGraph.of(of.encoder.model(), of.sources.model(), of.kept);
    return of.write(model, Quantisation.fp16(of.encoder.modelSha256()), name, directory);
  }

  private Manifest write(byte[] model, Quantisation made, String name, Path directory)
      throws IOException {
    SortedMap<String, byte[]> content = files.content();
    content.put(FILE, model);
    String tokenizer = encoder.tokenizer();
    if (!tokenizer.startsWith(EncoderReference.CLASSPATH)) {
      content.remove(tokenizer);
      content.put(TOKENIZER, sources.tokenizerBytes());
      tokenizer = TOKENIZER;
    }
    if (!encoder.model().equals(FILE)) {
      content.remove(encoder.model());
    }
    EncoderReference quantised = reference(Sha256.of(model), tokenizer, made);
    return BundleWriter.write(
        directory, content, hashes -> manifest(files.manifest(), name, quantised, hashes));
  }

  private EncoderReference reference(String sha256, String tokenizer, Quantisation made) {
    return new EncoderReference(
        encoder.id() + "-" + made.weights(),
        FILE,
        sha256,
        tokenizer,
        encoder.tokenizerSha256(),
        encoder.pooling(),
        encoder.normalise(),
        encoder.maxTokens(),
        encoder.dimension(),
        encoder.inner(),
        encoder.output(),
        encoder.prefixes(),
        made);
  }

  private static Manifest manifest(
      Manifest of, String given, EncoderReference encoder, SortedMap<String, String> files) {
    String type = encoder.quantisation().weights();
    return new Manifest(
        of.formatVersion(),
        given == null ? of.name() + "-" + type : given,
        of.description() + " The encoder multiplies numbers of type " + type + ".",
        of.featureDimension(),
        of.integrator(),
        of.steps(),
        of.horizon(),
        of.buckets(),
        of.initialHead(),
        of.calibration(),
        encoder,
        of.blocks(),
        files,
        of.provenance(),
        of.licence());
  }

  private static List<String> evenly(List<String> texts) {
    List<String> some = new ArrayList<>();
    int count = Math.min(MAX_TEXTS, texts.size());
    for (int i = 0; i < count; i++) {
      some.add(texts.get((int) ((long) i * texts.size() / count)));
    }
    return some;
  }

  private static Map<String, Grid> grids(
      Int8EncoderGraph graph, EncoderReference encoder, EncoderFiles sources, List<String> texts) {
    List<String> activations = graph.activations();
    List<ActivationSample> samples =
        activations.stream().map(graph::importance).map(ActivationSample::new).toList();
    EncoderFiles observable =
        new EncoderFiles(graph.observable(), sources.tokenizer(), Optional.empty());
    int[] rows = {0};
    OnnxRuntime.start(BundleOptions.defaults())
        .observe(
            encoder,
            observable,
            texts,
            activations,
            (tokens, values) -> {
              for (int row = 0; row < tokens; row++) {
                if (rows[0]++ % ROW_STEP == 0) {
                  for (int i = 0; i < samples.size(); i++) {
                    samples.get(i).add(values.get(i), row);
                  }
                }
              }
            });
    Map<String, Grid> grids = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      grids.put(activations.get(i), samples.get(i).grid());
    }
    return grids;
  }
}
