package dev.hyperflow.models.internal;

import static dev.hyperflow.models.internal.Check.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a bundle says of itself: the content of {@code manifest.json}. Every value is checked on
 * construction; a bad one is an {@link IllegalArgumentException} that names the field, the value
 * and the expectation.
 *
 * @param formatVersion layout of this file: {@value #FORMAT_VERSION}
 * @param name lower-case letters, digits, dots and hyphens, at most 64
 * @param description one sentence for people
 * @param featureDimension an integer from 1 to 65536, or {@code any}
 * @param integrator how {@code integrate.onnx} steps: {@value #EULER}
 * @param steps number S of steps, 1 to 1000
 * @param horizon end of the trajectory in flow time, above 0 and at most 1000; a step is horizon ÷
 *     steps
 * @param buckets sizes that inputs are padded to
 * @param initialHead where trajectories start
 * @param calibration how logits become probabilities; with a scope, {@code initialHead.bias} is
 *     {@code nearest-mean}
 * @param encoder the encoder the bundle was made for; null if it serves feature vectors only
 * @param blocks how {@code integrate.onnx} mixes two blocks of features; null if it takes one block
 * @param files SHA-256 of each file of the bundle, by file name
 * @param provenance where the bundle comes from and what it cost
 * @param licence SPDX expression for the bundle
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    @JsonProperty(required = true) int formatVersion,
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) FeatureDimension featureDimension,
    @JsonProperty(required = true) String integrator,
    @JsonProperty(required = true) int steps,
    @JsonProperty(required = true) double horizon,
    @JsonProperty(required = true) Buckets buckets,
    @JsonProperty(required = true) InitialHead initialHead,
    @JsonProperty(required = true) Softmax calibration,
    EncoderReference encoder,
    Blocks blocks,
    @JsonProperty(required = true) SortedMap<String, String> files,
    @JsonProperty(required = true) Provenance provenance,
    @JsonProperty(required = true) String licence) {

  /** The one layout that this code reads and writes; others are refused. */
  public static final int FORMAT_VERSION = 1;

  /** The integrator of every bundle. */
  public static final String EULER = "euler";

  /** Name of the file with the drift network, d(head)/dt at one point. */
  public static final String DRIFT = "drift.onnx";

  /** Name of the file with the whole integration. */
  public static final String INTEGRATE = "integrate.onnx";

  /** Name of the file that holds the manifest; it lists the hashes of all others. */
  public static final String FILE = "manifest.json";

  private static final String NAME = "[a-z0-9][a-z0-9.-]{0,63}";

  public Manifest {
    check(formatVersion == FORMAT_VERSION, "formatVersion", "" + FORMAT_VERSION, formatVersion);
    Check.matches("name", NAME, name);
    Check.text("description", description);
    Check.present("featureDimension", featureDimension);
    Check.range("steps", 1, 1000, steps);
    check(horizon > 0 && horizon <= 1000, "horizon", "above 0 and at most 1000", horizon);
    check(
        EULER.equals(integrator),
        "integrator",
        EULER + " (make the bundle again with bundle create)",
        integrator);
    Check.present("buckets", buckets);
    Check.present("initialHead", initialHead);
    Check.present("calibration", calibration);
    check(
        calibration.scope == null || "nearest-mean".equals(initialHead.bias),
        "calibration.scope",
        "none, as initialHead.bias is not nearest-mean",
        "one");
    Check.present("files", files);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    for (String required : List.of(DRIFT, INTEGRATE)) {
      check(files.containsKey(required), "files", "an entry for " + required, files.keySet());
    }
    files.forEach(
        (file, sha256) -> {
          Check.relativePath("files", file);
          Check.sha256("files." + file, sha256);
        });
    Check.present("provenance", provenance);
    Check.text("licence", licence);
    if (encoder != null) {
      check(
          encoder.innerWidth() == innerWidth(blocks),
          "encoder.inner.dimension",
          "blocks.inner, " + innerWidth(blocks),
          encoder.innerWidth());
    }
  }

  /** The same bundle with another encoder, which may have another number of blocks. */
  public Manifest with(
      EncoderReference other, Blocks otherBlocks, SortedMap<String, String> otherFiles) {
    return new Manifest(
        formatVersion,
        name,
        description,
        featureDimension,
        integrator,
        steps,
        horizon,
        buckets,
        initialHead,
        calibration,
        other,
        otherBlocks,
        otherFiles,
        provenance,
        licence);
  }

  /** Drift evaluations of a head: one a step, and one at the end for the trace. */
  public int driftEvaluations() {
    return steps + 1;
  }

  /**
   * A length of features that the bundle takes: the fixed one, or that of its encoder.
   *
   * @param otherwise for bundles that have neither
   */
  public int usualDimension(int otherwise) {
    int usual = Math.max(otherwise, 2 * innerWidth());
    return featureDimension.fixed().orElse(encoder == null ? usual : encoder.dimension());
  }

  /** Number of the last columns of a feature vector that are a second block; 0 for one block. */
  public int innerWidth() {
    return innerWidth(blocks);
  }

  private static int innerWidth(Blocks blocks) {
    return blocks == null ? 0 : blocks.inner();
  }

  /** How logits become probabilities. */
  public Calibration probabilities() {
    Calibration softmax = Calibration.of(calibration.temperature, calibration.sizeEffect());
    return calibration.scope == null
        ? softmax
        : softmax.withScope(ScopeScore.of(initialHead.scale, calibration.scope));
  }

  /** The encoder it was made for; empty if the bundle serves feature vectors only. */
  public Optional<EncoderReference> encoderReference() {
    return Optional.ofNullable(encoder);
  }

  /**
   * Where a trajectory starts.
   *
   * @param kind {@code prototype}: a row is the scaled weighted mean of its label's features
   * @param scale factor of the mean, above 0 and at most 1000
   * @param bias {@code zero}, or {@code nearest-mean}: −scale · ‖mean‖² ÷ 2
   */
  public record InitialHead(
      @JsonProperty(required = true) String kind,
      @JsonProperty(required = true) double scale,
      @JsonProperty(required = true) String bias) {

    public InitialHead {
      check("prototype".equals(kind), "initialHead.kind", "prototype", kind);
      check(scale > 0 && scale <= 1000, "initialHead.scale", "above 0 and at most 1000", scale);
      check(
          "zero".equals(bias) || "nearest-mean".equals(bias),
          "initialHead.bias",
          "zero or nearest-mean",
          bias);
    }
  }

  /**
   * A calibrated softmax, and a calibrated score for texts that belong to no label.
   *
   * @param temperature divisor of the logits, 0.001 to 1000
   * @param size how the divisor depends on the size of a task; null if it does not
   * @param scope the fit of {@link ScopeScore}; null if nobody fitted it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Softmax(
      @JsonProperty(required = true) double temperature, SizeEffect size, Scope scope) {

    public Softmax {
      check(
          temperature >= Calibration.MIN_TEMPERATURE && temperature <= Calibration.MAX_TEMPERATURE,
          "calibration.temperature",
          Calibration.MIN_TEMPERATURE + " to " + Calibration.MAX_TEMPERATURE,
          temperature);
    }

    /** One divisor for all tasks, and no scope score. */
    public Softmax(double temperature) {
      this(temperature, null, null);
    }

    private SizeEffect sizeEffect() {
      return size == null ? SizeEffect.NONE : size;
    }
  }

  /**
   * The fit of {@link ScopeScore}: the probability is 1 ÷ (1 + exp(−(scale · energy + offset))).
   *
   * @param temperature the energy's, above 0 and at most 10
   * @param scale above 0 and at most 10000
   * @param offset −10000 to 10000
   */
  public record Scope(
      @JsonProperty(required = true) double temperature,
      @JsonProperty(required = true) double scale,
      @JsonProperty(required = true) double offset) {

    private static final String FIELD = "calibration.scope.";
    private static final double MAX_TEMPERATURE = 10;
    private static final double MAX = 10_000;

    public Scope {
      check(
          temperature > 0 && temperature <= MAX_TEMPERATURE,
          FIELD + "temperature",
          "above 0 and at most 10",
          temperature);
      check(scale > 0 && scale <= MAX, FIELD + "scale", "above 0 and at most 10000", scale);
      check(Math.abs(offset) <= MAX, FIELD + "offset", "-10000 to 10000", offset);
    }
  }

  /**
   * The encoder a bundle was made for.
   *
   * @param id name of the encoder
   * @param model where its ONNX file is: {@code classpath:…} or a file of the bundle
   * @param modelSha256 hash of that file
   * @param tokenizer where its {@code tokenizer.json} is: {@code classpath:…} or a file of the
   *     bundle
   * @param tokenizerSha256 hash of that file
   * @param pooling how token vectors become one: {@code mean} over all tokens, or {@code cls}, the
   *     first one
   * @param normalise whether vectors are scaled to Euclidean length 1
   * @param maxTokens texts are cut to so many tokens, special ones included; 8 to 512, a multiple
   *     of 8
   * @param dimension length of a vector, 1 to 65536
   * @param inner the second block of a vector; null if it has one block
   * @param output name of the model's output of token vectors; null for {@value #LAST_HIDDEN_STATE}
   * @param prefixes what is put before texts; null for nothing
   * @param quantisation how it was made of an encoder of floats; null if it is one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EncoderReference(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) String model,
      @JsonProperty(required = true) String modelSha256,
      @JsonProperty(required = true) String tokenizer,
      @JsonProperty(required = true) String tokenizerSha256,
      @JsonProperty(required = true) String pooling,
      @JsonProperty(required = true) boolean normalise,
      @JsonProperty(required = true) int maxTokens,
      @JsonProperty(required = true) int dimension,
      InnerLayer inner,
      String output,
      TextPrefixes prefixes,
      Quantisation quantisation) {

    /** Name of most models' output of token vectors. */
    public static final String LAST_HIDDEN_STATE = "last_hidden_state";

    /** Values of {@link #pooling}. */
    public static final List<String> POOLINGS = List.of("mean", "cls");

    /** Prefix of locations that are resources of the application, not files of the bundle. */
    public static final String CLASSPATH = "classpath:";

    public EncoderReference {
      Check.matches("encoder.id", NAME, id);
      Check.location("encoder.model", model);
      Check.sha256("encoder.modelSha256", modelSha256);
      Check.location("encoder.tokenizer", tokenizer);
      Check.sha256("encoder.tokenizerSha256", tokenizerSha256);
      check(POOLINGS.contains(pooling), "encoder.pooling", "one of " + POOLINGS, pooling);
      check(
          maxTokens >= 8 && maxTokens <= 512 && maxTokens % 8 == 0,
          "encoder.maxTokens",
          "a multiple of 8 from 8 to 512",
          maxTokens);
      Check.range("encoder.dimension", 1, FeatureDimension.MAX, dimension);
      if (inner != null) {
        Check.range("encoder.inner.dimension", 1, dimension - 1, inner.dimension());
      }
      if (output != null) {
        Check.text("encoder.output", output);
      }
    }

    /** An encoder whose vectors have one block. */
    public EncoderReference(
        String id,
        String model,
        String modelSha256,
        String tokenizer,
        String tokenizerSha256,
        String pooling,
        boolean normalise,
        int maxTokens,
        int dimension) {
      this(
          id,
          model,
          modelSha256,
          tokenizer,
          tokenizerSha256,
          pooling,
          normalise,
          maxTokens,
          dimension,
          null,
          null,
          null,
          null);
    }

    /** The same encoder with a second block, or with another one. */
    public EncoderReference with(InnerLayer layer) {
      return new EncoderReference(
          id,
          model,
          modelSha256,
          tokenizer,
          tokenizerSha256,
          pooling,
          normalise,
          maxTokens,
          outerWidth() + layer.dimension(),
          layer,
          output,
          prefixes,
          quantisation);
    }

    /** Name of the model's output of token vectors. */
    public String outputName() {
      return output == null ? LAST_HIDDEN_STATE : output;
    }

    /** What is put before texts. */
    public TextPrefixes textPrefixes() {
      return prefixes == null ? TextPrefixes.NONE : prefixes;
    }

    /** Number of the last columns of a vector that come from an inner layer; 0 if none do. */
    public int innerWidth() {
      return inner == null ? 0 : inner.dimension();
    }

    /** Number of the first columns of a vector, which come from the last layer. */
    public int outerWidth() {
      return dimension - innerWidth();
    }
  }

  /**
   * Where a bundle comes from and what it cost to make.
   *
   * @param data names of the data sets it was trained on; empty if it was not trained
   * @param seed seed of the training run; 0 if it was not trained
   * @param objective what was optimised; {@code analytic} if nothing was
   * @param seconds duration of training, at least 0
   * @param bytes memory or storage spent on training data and trajectories, at least 0
   * @param evaluation figure by name, as measured when the bundle was made
   * @param training how it was trained; null if it was not, or if nobody noted it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Provenance(
      @JsonProperty(required = true) List<String> data,
      @JsonProperty(required = true) long seed,
      @JsonProperty(required = true) String objective,
      @JsonProperty(required = true) double seconds,
      @JsonProperty(required = true) long bytes,
      @JsonProperty(required = true) SortedMap<String, Double> evaluation,
      Training training) {

    public Provenance {
      Check.present("provenance.data", data);
      data = List.copyOf(data);
      Check.text("provenance.objective", objective);
      check(seconds >= 0 && seconds < 1e9, "provenance.seconds", "at least 0", seconds);
      check(bytes >= 0, "provenance.bytes", "at least 0", bytes);
      Check.present("provenance.evaluation", evaluation);
      for (Map.Entry<String, Double> figure : evaluation.entrySet()) {
        check(
            figure.getValue() != null && Double.isFinite(figure.getValue()),
            "provenance.evaluation." + figure.getKey(),
            "a finite number",
            figure.getValue());
      }
      evaluation = Collections.unmodifiableSortedMap(new TreeMap<>(evaluation));
    }

    /**
     * Of a bundle whose network was written down, not trained.
     *
     * @param calibrationData the data that its calibration was fitted on
     */
    public static Provenance analytic(List<String> calibrationData) {
      return new Provenance(calibrationData, 0, "analytic", 0, 0, new TreeMap<>(), null);
    }
  }

  /**
   * How a bundle was trained.
   *
   * @param command the exact command that repeats it
   * @param dataSha256 SHA-256 of the labels and texts of every data set, by its name
   * @param steps gradient steps up to the parameters of the bundle, at least 0
   * @param examples support examples and queries learned from, each as often as it was drawn
   * @param peakMemoryBytes peak memory of the process, at least 0
   */
  public record Training(
      @JsonProperty(required = true) String command,
      @JsonProperty(required = true) SortedMap<String, String> dataSha256,
      @JsonProperty(required = true) int steps,
      @JsonProperty(required = true) long examples,
      @JsonProperty(required = true) long peakMemoryBytes) {

    public Training {
      Check.text("provenance.training.command", command);
      Check.present("provenance.training.dataSha256", dataSha256);
      dataSha256.forEach(
          (name, sha256) -> Check.sha256("provenance.training.dataSha256." + name, sha256));
      dataSha256 = Collections.unmodifiableSortedMap(new TreeMap<>(dataSha256));
      check(steps >= 0, "provenance.training.steps", "at least 0", steps);
      check(examples >= 0, "provenance.training.examples", "at least 0", examples);
      check(
          peakMemoryBytes >= 0,
          "provenance.training.peakMemoryBytes",
          "at least 0",
          peakMemoryBytes);
    }
  }
}
