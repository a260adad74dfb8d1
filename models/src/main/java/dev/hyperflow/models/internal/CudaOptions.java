package dev.hyperflow.models.internal;

import java.util.List;
import java.util.Set;

/**
 * How to use graphics cards.
 *
 * @param deviceIds index of each, at least 0; one or more, no two alike
 * @param memoryLimitBytes maximum memory of each model on each card, at least 64 MiB
 * @param tf32 whether products of floats may round what they multiply to 11 bits, which is faster
 *     on cards that can
 */
public record CudaOptions(List<Integer> deviceIds, long memoryLimitBytes, boolean tf32) {

  private static final long MIN_MEMORY_BYTES = 64L << 20;
  private static final long DEFAULT_MEMORY_BYTES = 2L << 30;

  public CudaOptions {
    deviceIds = List.copyOf(deviceIds);
    Check.check(
        !deviceIds.isEmpty()
            && Set.copyOf(deviceIds).size() == deviceIds.size()
            && deviceIds.stream().allMatch(id -> id >= 0),
        "cuda.deviceIds",
        "different numbers of at least 0",
        deviceIds);
    Check.check(
        memoryLimitBytes >= MIN_MEMORY_BYTES,
        "cuda.memoryLimitBytes",
        "at least " + MIN_MEMORY_BYTES,
        memoryLimitBytes);
  }

  /** Card 0, 2 GiB for each model, all bits. */
  public static CudaOptions defaults() {
    return new CudaOptions(List.of(0), DEFAULT_MEMORY_BYTES, false);
  }

  /** The same on these cards. */
  public CudaOptions withDeviceIds(List<Integer> ids) {
    return new CudaOptions(ids, memoryLimitBytes, tf32);
  }

  /** The same with so much device memory. */
  public CudaOptions withMemoryLimitBytes(long bytes) {
    return new CudaOptions(deviceIds, bytes, tf32);
  }

  /** The same with TF32 on or off. */
  public CudaOptions withTf32(boolean on) {
    return new CudaOptions(deviceIds, memoryLimitBytes, on);
  }
}
