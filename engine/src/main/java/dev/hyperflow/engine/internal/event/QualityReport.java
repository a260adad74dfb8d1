package dev.hyperflow.engine.internal.event;

/**
 * The live quality of a tenant after an observation.
 *
 * @param tenant whose quality it is
 * @param timestampMillis event time of the observation, milliseconds since the epoch
 * @param bundleId the bundle whose heads were tested
 * @param observations labels compared so far
 * @param accuracyBefore fading prequential accuracy of the unadapted head, 0…1
 * @param accuracyAfter fading prequential accuracy of the adapted head, 0…1
 * @param driftDetected whether this observation made the detector raise an alarm
 * @param drifts alarms so far
 */
public record QualityReport(
    String tenant,
    long timestampMillis,
    String bundleId,
    long observations,
    float accuracyBefore,
    float accuracyAfter,
    boolean driftDetected,
    long drifts) {}
