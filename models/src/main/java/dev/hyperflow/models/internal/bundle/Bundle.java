package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Manifest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A model ready to serve: checked, warmed up and resident in memory. Safe for use by many threads;
 * owns its encoder and integrator and closes them.
 */
public final class Bundle implements AutoCloseable {

  private final String id;
  private final Manifest manifest;
  private final Parts parts;

  Bundle(String id, Manifest manifest, Parts parts) {
    this.id = id;
    this.manifest = manifest;
    this.parts = parts;
  }

  /** What a loaded bundle holds. */
  record Parts(
      Supplier<DeviceState> deviceState, HeadIntegrator integrator, Optional<Encoder> encoder) {}

  /**
   * Loads, checks and warms up a bundle.
   *
   * @param location {@code classpath:bundles/minilm-analytic-v0}, the path of a directory, or the
   *     path of a {@code .zip} file
   * @throws BundleException if it cannot be used; the message is one line that says what was
   *     expected and what was found
   */
  public static Bundle load(String location, BundleOptions options) {
    return new BundleLoader(location, options).load();
  }

  /**
   * Names the content, not only the name: the manifest's name, {@code @}, and the first 12 hex
   * digits of the SHA-256 of {@code manifest.json}, which lists the hash of every other file.
   */
  public String id() {
    return id;
  }

  /** What the bundle says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** The encoder, unless the bundle has none or {@link BundleOptions#loadEncoder()} is off. */
  public Optional<Encoder> encoder() {
    return parts.encoder();
  }

  /** The feature dimension the bundle demands; empty if it takes any. */
  public OptionalInt featureDimension() {
    return manifest.featureDimension().fixed();
  }

  /** Makes heads from support sets, on any thread; closed with the bundle. */
  public HeadIntegrator integrator() {
    return parts.integrator();
  }

  /** Turns logits of this bundle's heads into probabilities. */
  public Calibration calibration() {
    return manifest.probabilities();
  }

  /** Where the models were loaded to run. */
  public Device device() {
    return deviceState().device();
  }

  /** What became of the device since the bundle was loaded, right now; cheap, for metrics. */
  public DeviceState deviceState() {
    return parts.deviceState().get();
  }

  /** Closes the encoder and the integrator, and waits for calls under way. Idempotent. */
  @Override
  public void close() {
    try {
      parts.encoder().ifPresent(Encoder::close);
    } finally {
      parts.integrator().close();
    }
  }
}
