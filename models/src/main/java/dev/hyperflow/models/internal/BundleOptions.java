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
 * @param cudaDeviceId index of the graphics card, at least 0; ignored on the processor
 * @param cudaMemoryLimitBytes maximum device memory of each model, at least 64 MiB; ignored on the
 *     processor
 * @param policy how threads share the device, and what happens when it fails
 */
public record BundleOptions(
    DeviceChoice device,
    boolean loadEncoder,
    boolean encodedFeatures,
    boolean warmUp,
    int cudaDeviceId,
    long cudaMemoryLimitBytes,
    DevicePolicy policy) {

  private static final long MIN_CUDA_MEMORY_BYTES = 64L << 20;
  private static final long DEFAULT_CUDA_MEMORY_BYTES = 2L << 30;

  public BundleOptions {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(policy, "policy");
    Check.check(cudaDeviceId >= 0, "cudaDeviceId", "at least 0", cudaDeviceId);
    Check.check(
        cudaMemoryLimitBytes >= MIN_CUDA_MEMORY_BYTES,
        "cudaMemoryLimitBytes",
        "at least " + MIN_CUDA_MEMORY_BYTES,
        cudaMemoryLimitBytes);
  }

  /**
   * Processor, with encoder, with warm-up; CUDA device 0 limited to 2 GiB if it is chosen; {@link
   * DevicePolicy#defaults()}.
   */
  public static BundleOptions defaults() {
    return new BundleOptions(
        DeviceChoice.CPU, true, true, true, 0, DEFAULT_CUDA_MEMORY_BYTES, DevicePolicy.defaults());
  }

  /** The same on another device. */
  public BundleOptions withDevice(DeviceChoice other) {
    return new BundleOptions(
        other, loadEncoder, encodedFeatures, warmUp, cudaDeviceId, cudaMemoryLimitBytes, policy);
  }

  /** The same with or without the encoder, and so with or without its features. */
  public BundleOptions withLoadEncoder(boolean load) {
    return new BundleOptions(
        device, load, load, warmUp, cudaDeviceId, cudaMemoryLimitBytes, policy);
  }

  /** The same without the encoder, for features that it made. */
  public BundleOptions withEncodedFeatures() {
    return new BundleOptions(
        device, false, true, warmUp, cudaDeviceId, cudaMemoryLimitBytes, policy);
  }

  /** The same with or without the warm-up. */
  public BundleOptions withWarmUp(boolean run) {
    return new BundleOptions(
        device, loadEncoder, encodedFeatures, run, cudaDeviceId, cudaMemoryLimitBytes, policy);
  }

  /** The same with threads that share the device by {@code other}. */
  public BundleOptions withPolicy(DevicePolicy other) {
    return new BundleOptions(
        device, loadEncoder, encodedFeatures, warmUp, cudaDeviceId, cudaMemoryLimitBytes, other);
  }
}
