package dev.hyperflow.models.internal;

import java.util.Objects;
import java.util.Optional;

/**
 * Where models really run, and why if that is not what was hoped for.
 *
 * @param kind the device in use
 * @param fallbackReason why {@link DeviceChoice#AUTO} did not get CUDA; empty if nothing was given
 *     up
 */
public record Device(Kind kind, Optional<String> fallbackReason) {

  /** What kind of hardware runs the models. */
  public enum Kind {
    CPU,
    CUDA
  }

  public Device {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(fallbackReason, "fallbackReason");
  }

  /** The processor, as asked for. */
  public static Device cpu() {
    return new Device(Kind.CPU, Optional.empty());
  }

  /** The processor, because CUDA could not be used. */
  public static Device cpuBecause(String reason) {
    return new Device(Kind.CPU, Optional.of(reason));
  }

  /** A graphics card, as asked for or found; the fallback reason is empty. */
  public static Device cuda() {
    return new Device(Kind.CUDA, Optional.empty());
  }
}
