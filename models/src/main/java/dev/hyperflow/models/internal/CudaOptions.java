package dev.hyperflow.models.internal;

/**
 * How to use a graphics card.
 *
 * @param deviceId its index, at least 0
 * @param memoryLimitBytes maximum device memory of each model, at least 64 MiB
 * @param tf32 whether products of floats may round what they multiply to 11 bits, which is faster
 *     on cards that can
 */
public record CudaOptions(int deviceId, long memoryLimitBytes, boolean tf32) {

  private static final long MIN_MEMORY_BYTES = 64L << 20;
  private static final long DEFAULT_MEMORY_BYTES = 2L << 30;

  public CudaOptions {
    Check.check(deviceId >= 0, "cuda.deviceId", "at least 0", deviceId);
    Check.check(
        memoryLimitBytes >= MIN_MEMORY_BYTES,
        "cuda.memoryLimitBytes",
        "at least " + MIN_MEMORY_BYTES,
        memoryLimitBytes);
  }

  /** Card 0, 2 GiB for each model, all bits. */
  public static CudaOptions defaults() {
    return new CudaOptions(0, DEFAULT_MEMORY_BYTES, false);
  }

  /** The same with so much device memory. */
  public CudaOptions withMemoryLimitBytes(long bytes) {
    return new CudaOptions(deviceId, bytes, tf32);
  }

  /** The same with TF32 on or off. */
  public CudaOptions withTf32(boolean on) {
    return new CudaOptions(deviceId, memoryLimitBytes, on);
  }
}
