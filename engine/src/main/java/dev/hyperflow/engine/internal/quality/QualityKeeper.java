package dev.hyperflow.engine.internal.quality;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.QualityReport;
import java.util.Optional;

/** Keeps the live quality of each tenant. One caller at a time. */
public final class QualityKeeper {
  private final QualitySettings settings;
  private final int reportEvery;
  private final QualityStore store;

  /**
   * A keeper over a store.
   *
   * @param reportEvery observations of a tenant from one report to the next, at least 1
   */
  public QualityKeeper(QualitySettings settings, int reportEvery, QualityStore store) {
    this.settings = settings;
    this.reportEvery = reportEvery;
    this.store = store;
  }

  /**
   * Adds an observation.
   *
   * @param event the event that told the true label
   * @param bundleId the bundle whose heads were tested
   * @param before whether the unadapted head was right
   * @param after whether the adapted head was right
   * @return a report, now and then and whenever the detector raises an alarm
   */
  public Optional<QualityReport> observe(
      Event event, String bundleId, boolean before, boolean after) {
    TenantQuality quality =
        store.quality(event.tenant()).orElse(TenantQuality.NONE).observe(settings, before, after);
    store.putQuality(event.tenant(), quality);
    return quality.driftDetected() || quality.observations() % reportEvery == 0
        ? Optional.of(report(event, bundleId, quality))
        : Optional.empty();
  }

  /** Starts the tenant anew: its next observation is its first. */
  public void forget(String tenant) {
    store.removeActivity(tenant);
  }

  private static QualityReport report(Event event, String bundleId, TenantQuality quality) {
    return new QualityReport(
        event.tenant(),
        event.timestampMillis(),
        bundleId,
        quality.observations(),
        (float) quality.before().value(),
        (float) quality.after().value(),
        quality.driftDetected(),
        quality.drifts());
  }
}
