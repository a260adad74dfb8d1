package dev.hyperflow.models.internal;

import java.util.List;
import java.util.Optional;

/**
 * What became of the devices since a bundle was loaded, at one moment; for metrics and operators.
 *
 * @param device where the models were loaded to run
 * @param integrator the state of the integrator on each device
 * @param encoder the state of the encoder on each device; none if the bundle has no encoder
 */
public record DeviceState(Device device, List<ModelState> integrator, List<ModelState> encoder) {

  /**
   * What became of one model on one device since it was loaded. All counts only ever grow.
   *
   * @param lane what the device is called: cpu, or cuda:0 for the first card
   * @param inUse where the model runs now: the processor where the device could not load it, or
   *     while its breaker is tripped
   * @param requests calls that went through the owner thread; 0 where nothing is merged
   * @param runs runs that these calls were merged into
   * @param halvings runs that failed and were cut in two
   * @param failures runs that failed on the device, at any size
   * @param trips times the breaker moved the model to the processor
   * @param lastFailure the message of the last failed run
   */
  public record ModelState(
      String lane,
      Device.Kind inUse,
      long requests,
      long runs,
      long halvings,
      long failures,
      long trips,
      Optional<String> lastFailure) {}
}
