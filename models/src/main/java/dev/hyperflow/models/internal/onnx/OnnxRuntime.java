package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens models on one device. The door of this package: {@code Bundle} comes in here, other code
 * goes through {@code Bundle}.
 */
public final class OnnxRuntime {

  private static final int ID_DIGITS = 12;

  private final Device device;
  private final BundleOptions options;
  private final SessionFactory sessions;

  private OnnxRuntime(Device device, BundleOptions options) {
    this.device = device;
    this.options = options;
    this.sessions = new SessionFactory(SessionFactory.environment(), device, options);
  }

  /**
   * Chooses the device.
   *
   * @throws BundleException if CUDA is demanded and cannot be used
   */
  public static OnnxRuntime start(BundleOptions options) {
    return new OnnxRuntime(DeviceSelector.ofRuntime().select(options), options);
  }

  /** One for each graphics card of the options; on the processor this one alone. */
  public List<OnnxRuntime> lanes() {
    return device.kind() == Device.Kind.CPU
        ? List.of(this)
        : options.cuda().deviceIds().stream().map(this::onCard).toList();
  }

  private OnnxRuntime onCard(int id) {
    return new OnnxRuntime(device, options.withCuda(options.cuda().withDeviceIds(List.of(id))));
  }

  /** What the device is called: cpu, or cuda:0 for the first card. */
  public String lane() {
    return lane(device, options);
  }

  static String lane(Device device, BundleOptions options) {
    return device.kind() == Device.Kind.CPU ? "cpu" : "cuda:" + options.cuda().deviceIds().get(0);
  }

  /** Opens models on the processor instead, otherwise alike. */
  public OnnxRuntime onProcessor() {
    return new OnnxRuntime(Device.cpu(), options);
  }

  /** The device that this runtime opens models on, and why it is not CUDA. */
  public Device device() {
    return device;
  }

  /**
   * Opens an encoder.
   *
   * @throws BundleException if a file is not what the reference promises
   */
  public Encoder openEncoder(EncoderReference reference, EncoderFiles files) {
    TextTokenizer texts =
        TextTokenizer.open(reference.tokenizer(), files.tokenizerBytes(), reference.maxTokens());
    try {
      return openEncoder(reference, files, texts);
    } catch (Throwable e) {
      try (texts) {
        throw e;
      }
    }
  }

  /** Sees inner values of a text. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Called for each text.
     *
     * @param tokens number of its tokens
     * @param values a row for each token, of each value asked for
     */
    void accept(int tokens, List<FloatBuffer> values);
  }

  /**
   * Shows inner values of texts.
   *
   * @param files the encoder, with the values among the outputs of its model
   * @param values names of the outputs
   * @throws BundleException if the encoder does not open
   */
  public void observe(
      EncoderReference reference,
      EncoderFiles files,
      List<String> texts,
      List<String> values,
      Observer observer) {
    try (TextTokenizer tokenizer =
            TextTokenizer.open(
                reference.tokenizer(), files.tokenizerBytes(), reference.maxTokens());
        ModelSession session = sessions.open(reference.model(), files.model())) {
      new Observation(tokenizer, session).show(texts, values, observer);
    }
  }

  private Encoder openEncoder(EncoderReference reference, EncoderFiles files, TextTokenizer texts) {
    Optional<InnerLayer> inner = Optional.ofNullable(reference.inner());
    ModelSession session =
        inner.isPresent()
            ? InnerOutput.open(sessions, reference.model(), files.model(), inner.get().value())
            : sessions.open(reference.model(), files.model());
    try {
      EncoderContract.check(reference, session);
      List<Pooling> blocks = new ArrayList<>();
      blocks.add(Pooling.last(reference));
      inner.ifPresent(
          layer -> blocks.add(Pooling.inner(reference, files.innerProjection().orElseThrow())));
      return new OnnxEncoder(
          encoderId(reference), reference, texts, session, RunLimits.of(device.kind()), blocks);
    } catch (Throwable e) {
      try (session) {
        throw e;
      }
    }
  }

  /**
   * Opens an integrator and, if asked to, tries it.
   *
   * @param model the ONNX bytes in a direct buffer; not needed after the call
   * @throws BundleException if the model is not what the manifest and the contract promise
   */
  public OnnxHeadIntegrator openIntegrator(Manifest manifest, ByteBuffer model, boolean warmUp) {
    ModelSession session = sessions.open(Manifest.INTEGRATE, model);
    try {
      FlowContract.checkIntegrate(manifest, session, dimension(manifest));
      OnnxHeadIntegrator integrator =
          new OnnxHeadIntegrator(
              session, RunLimits.of(device.kind()), manifest, innerWidth(manifest));
      if (warmUp) {
        new IntegratorProbe(Manifest.INTEGRATE, integrator, manifest, device).run();
      }
      return integrator;
    } catch (Throwable e) {
      try (session) {
        throw e;
      }
    }
  }

  /** Features that another encoder made are one block, whatever they are. */
  private int innerWidth(Manifest manifest) {
    boolean own = manifest.encoder() != null && !options.encodedFeatures();
    return own ? 0 : manifest.innerWidth();
  }

  /**
   * Opens a drift field.
   *
   * @param model the ONNX bytes in a direct buffer; not needed after the call
   * @throws BundleException if the model is not what the manifest and the contract promise
   */
  public DriftField openDriftField(Manifest manifest, ByteBuffer model) {
    ModelSession session = sessions.open(Manifest.DRIFT, model);
    try {
      FlowContract.checkDrift(Manifest.DRIFT, session, dimension(manifest));
      return new OnnxDriftField(session, manifest);
    } catch (Throwable e) {
      try (session) {
        throw e;
      }
    }
  }

  private static long dimension(Manifest manifest) {
    OptionalInt fixed = manifest.featureDimension().fixed();
    return fixed.isPresent() ? fixed.getAsInt() : TensorContract.ANY;
  }

  /** Everything a vector depends on goes into the id. */
  private static String encoderId(EncoderReference reference) {
    String content =
        String.join(
            "\n",
            reference.modelSha256(),
            reference.tokenizerSha256(),
            reference.pooling(),
            Boolean.toString(reference.normalise()),
            Integer.toString(reference.maxTokens()));
    if (reference.inner() != null) {
      content +=
          String.join("\n", "", reference.inner().value(), reference.inner().projectionSha256());
    }
    if (reference.output() != null) {
      content += "\noutput " + reference.output();
    }
    if (reference.prefixes() != null) {
      content +=
          "\nquery %s\nexample %s"
              .formatted(reference.prefixes().query(), reference.prefixes().example());
    }
    String digest = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    return reference.id() + "@" + digest.substring(0, ID_DIGITS);
  }
}
