package dev.hyperflow.models.internal;

import java.util.Objects;

/**
 * How to load a bundle.
 *
 * @param device where to run
 * @param loadEncoder whether to load the bundle's encoder; without it {@code Bundle.encoder()} is
 *     empty, which saves about 200 MB where all payloads are feature vectors
 * @param encodedFeatures whether features come from the bundle's encoder, loaded or not; if not,
 *     features of a bundle with an encoder are one block
 * @param warmUp whether to try the integrator in every label bucket before serving; costs under two
 *     seconds with the shipped bundle, and is what finds a model that breaks its contract
 * @param cuda how to use the graphics card; ignored on the processor
 * @param policy how threads share the device, and what happens when it fails
 */
public record BundleOptions(
    DeviceChoice device,
    boolean loadEncoder,
    boolean encodedFeatures,
    boolean warmUp,
    CudaOptions cuda,
    DevicePolicy policy) {

  public BundleOptions {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(cuda, "cuda");
    Objects.requireNonNull(policy, "policy");
  }

  /**
   * Processor, with encoder, with warm-up; {@link CudaOptions#defaults()} if CUDA is chosen; {@link
   * DevicePolicy#defaults()}.
   */
  public static BundleOptions defaults() {
    return new BundleOptions(
        DeviceChoice.CPU, true, true, true, CudaOptions.defaults(), DevicePolicy.defaults());
  }

  /** The same on another device. */
  public BundleOptions withDevice(DeviceChoice other) {
    return new BundleOptions(other, loadEncoder, encodedFeatures, warmUp, cuda, policy);
  }

  /** The same with or without the encoder, and so with or without its features. */
  public BundleOptions withLoadEncoder(boolean load) {
    return new BundleOptions(device, load, load, warmUp, cuda, policy);
  }

  /** The same without the encoder, for features that it made. */
  public BundleOptions withEncodedFeatures() {
    return new BundleOptions(device, false, true, warmUp, cuda, policy);
  }

  /** The same with or without the warm-up. */
  public BundleOptions withWarmUp(boolean run) {
    return new BundleOptions(device, loadEncoder, encodedFeatures, run, cuda, policy);
  }

  /** The same with the graphics card used by {@code other}. */
  public BundleOptions withCuda(CudaOptions other) {
    return new BundleOptions(device, loadEncoder, encodedFeatures, warmUp, other, policy);
  }

  /** The same with threads that share the device by {@code other}. */
  public BundleOptions withPolicy(DevicePolicy other) {
    return new BundleOptions(device, loadEncoder, encodedFeatures, warmUp, cuda, other);
  }
}
