package dev.hyperflow.models.internal;

import java.util.Objects;

/**
 * How threads share a device, and what happens when it fails.
 *
 * @param merge whether one owner thread runs the models and merges the requests of all threads
 * @param largestBatch maximum number of support sets or texts in a merged run, 1 to 1024; a single
 *     request that is larger runs alone and whole
 * @param longestWaitMicros how long a request may wait for company while the device is idle,
 *     microseconds, 0 to 1,000,000; 0 merges only what piled up while the device was busy
 * @param breakerFailures failures in a row, of single items that the processor then managed, after
 *     which a model leaves CUDA for the processor, 0 to 1000; 0 never leaves, and loads no fallback
 * @param breakerRetryRuns successful runs on the processor after which CUDA is tried again, 0 to
 *     1,000,000; 0 stays on the processor until the bundle is loaded again
 */
public record DevicePolicy(
    Merge merge,
    int largestBatch,
    int longestWaitMicros,
    int breakerFailures,
    int breakerRetryRuns) {

  /** When requests are merged. */
  public enum Merge {
    /** On CUDA only: there one large run is far cheaper than many small ones. */
    AUTO,
    /** Always. */
    ON,
    /** Never: every thread runs the models itself. */
    OFF
  }

  public DevicePolicy {
    Objects.requireNonNull(merge, "merge");
    Check.range("largestBatch", 1, 1024, largestBatch);
    Check.range("longestWaitMicros", 0, 1_000_000, longestWaitMicros);
    Check.range("breakerFailures", 0, 1000, breakerFailures);
    Check.range("breakerRetryRuns", 0, 1_000_000, breakerRetryRuns);
  }

  /** Merged on CUDA up to 256 items without waiting; the processor after 3 failures, for good. */
  public static DevicePolicy defaults() {
    return new DevicePolicy(Merge.AUTO, 256, 0, 3, 0);
  }

  /** The same with requests merged when {@code other} says so. */
  public DevicePolicy withMerge(Merge other) {
    return new DevicePolicy(
        other, largestBatch, longestWaitMicros, breakerFailures, breakerRetryRuns);
  }

  /** Whether requests are merged on that kind of device. */
  public boolean merges(Device.Kind kind) {
    return merge == Merge.ON || (merge == Merge.AUTO && kind == Device.Kind.CUDA);
  }

  /** Whether a model on that kind of device has the processor to fall back to. */
  public boolean fallsBack(Device.Kind kind) {
    return kind == Device.Kind.CUDA && breakerFailures > 0;
  }
}
