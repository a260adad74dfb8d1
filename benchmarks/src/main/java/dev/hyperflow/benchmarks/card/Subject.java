package dev.hyperflow.benchmarks.card;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.DevicePolicy;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;

/**
 * The same bundle on the processor and on the device that is checked. Closes both. Safe for many
 * threads.
 */
final class Subject implements AutoCloseable {
  /** Kernels of another device sum in another order. */
  private static final float MAX_DIFFERENCE = 1e-3f;

  private final String location;
  private final DeviceChoice choice;
  private final Bundle processor;
  private final Bundle device;
  private final Tasks tasks;

  private Subject(String location, DeviceChoice choice, Bundle processor, Bundle device) {
    this.location = location;
    this.choice = choice;
    this.processor = processor;
    this.device = device;
    this.tasks = new Tasks(encoder(processor).dimension());
  }

  /**
   * Loads the bundle twice.
   *
   * @param location a bundle with an encoder
   * @throws BundleException if it cannot be loaded on the device
   */
  static Subject load(String location, DeviceChoice choice) {
    BundleOptions options = BundleOptions.defaults();
    Bundle device = Bundle.load(location, options.withDevice(choice));
    try {
      return new Subject(
          location, choice, Bundle.load(location, options.withWarmUp(false)), device);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  DeviceChoice choice() {
    return choice;
  }

  String location() {
    return location;
  }

  Bundle processor() {
    return processor;
  }

  Bundle device() {
    return device;
  }

  Tasks tasks() {
    return tasks;
  }

  /** One more bundle on the device, without a warm-up; the caller closes it. */
  Bundle sharedBy(DevicePolicy.Merge merge) {
    return Bundle.load(location, options().withPolicy(DevicePolicy.defaults().withMerge(merge)));
  }

  /** One more integrator on the device, with little device memory; the caller closes it. */
  Bundle limitedTo(long memoryBytes) {
    CudaOptions little = CudaOptions.defaults().withMemoryLimitBytes(memoryBytes);
    return Bundle.load(location, options().withEncodedFeatures().withCuda(little));
  }

  /** One more bundle on the device that uses it in another way; the caller closes it. */
  Bundle with(CudaOptions cuda) {
    return Bundle.load(location, options().withCuda(cuda));
  }

  /** Another bundle on the device; the caller closes it. */
  Bundle another(String other) {
    return Bundle.load(other, options());
  }

  private BundleOptions options() {
    return BundleOptions.defaults().withDevice(choice).withWarmUp(false);
  }

  static Encoder encoder(Bundle bundle) {
    return bundle
        .encoder()
        .orElseThrow(() -> new BundleException("bundle: expected an encoder, found none"));
  }

  /** The largest difference of two heads, relative to the largest weight. */
  static float difference(Head expected, Head found) {
    float largest = 0;
    float scale = 0;
    for (int label = 0; label < expected.labels(); label++) {
      for (int column = 0; column <= expected.dimension(); column++) {
        float weight = expected.weight(label, column);
        scale = Math.max(scale, Math.abs(weight));
        largest = Math.max(largest, Math.abs(weight - found.weight(label, column)));
      }
    }
    return scale == 0 ? largest : largest / scale;
  }

  /**
   * Refuses a difference that another order of sums does not explain.
   *
   * @throws IllegalStateException with the difference
   */
  static void requireSmall(String what, float difference) {
    if (!(difference <= MAX_DIFFERENCE)) {
      throw new IllegalStateException(
          "%s: expected a difference of at most %.0e, found %.2e"
              .formatted(what, MAX_DIFFERENCE, difference));
    }
  }

  @Override
  public void close() {
    try {
      device.close();
    } finally {
      processor.close();
    }
  }
}
