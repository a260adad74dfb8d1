package dev.hyperflow.models.internal;

/** Where the operator wants models to run. */
public enum DeviceChoice {
  /** The processor. */
  CPU,
  /** An NVIDIA graphics card; loading fails where CUDA cannot be used. */
  CUDA,
  /** CUDA where it can be used and can load a model, else the processor with one warning. */
  AUTO
}
