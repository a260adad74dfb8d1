package dev.hyperflow.models.internal;

import java.util.Optional;

/**
 * What became of the device since a bundle was loaded, at one moment; for metrics and operators.
 *
 * @param device where the models were loaded to run
 * @param integrator the state of the integrator
 * @param encoder the state of the encoder; empty if the bundle has none
 */
public record DeviceState(Device device, ModelState integrator, Optional<ModelState> encoder) {

  /**
   * What became of one model since it was loaded. All counts only ever grow.
   *
   * @param inUse where the model runs now: not the device it was loaded for while its breaker is
   *     tripped
   * @param requests calls that went through the owner thread; 0 where nothing is merged
   * @param runs runs that these calls were merged into
   * @param halvings runs that failed and were cut in two
   * @param failures runs that failed on the device, at any size
   * @param trips times the breaker moved the model to the processor
   * @param lastFailure the message of the last failed run
   */
  public record ModelState(
      Device.Kind inUse,
      long requests,
      long runs,
      long halvings,
      long failures,
      long trips,
      Optional<String> lastFailure) {}
}
