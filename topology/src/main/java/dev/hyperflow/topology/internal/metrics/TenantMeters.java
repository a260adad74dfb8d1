package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.event.QualityReport;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** Meters of the busiest tenants, and of no others, so that a scrape stays small. Thread-safe. */
final class TenantMeters {
  /** Tenants counted for each that is shown: with more, the counts of newcomers are more exact. */
  private static final int WATCHED_PER_SHOWN = 16;

  private final int shown;
  private final BusiestTenants<QualityReport> tenants;
  private final MultiGauge events;
  private final MultiGauge accuracy;
  private final MultiGauge drifts;
  private final MultiGauge drifting;

  /**
   * Makes the meters.
   *
   * @param shown how many tenants have figures, 0 for none
   */
  TenantMeters(Meters meters, int shown) {
    this.shown = shown;
    this.tenants = new BusiestTenants<>(WATCHED_PER_SHOWN * shown);
    this.events = meters.gauges(MeterCatalogue.TENANT_EVENTS);
    this.accuracy = meters.gauges(MeterCatalogue.TENANT_ACCURACY);
    this.drifts = meters.gauges(MeterCatalogue.TENANT_DRIFTS);
    this.drifting = meters.gauges(MeterCatalogue.TENANT_DRIFTING);
  }

  void event(String tenant) {
    tenants.event(tenant);
  }

  void report(QualityReport report) {
    tenants.keep(report.tenant(), report);
  }

  /** Makes the gauges show the tenants that are the busiest now. */
  void refresh() {
    List<Row<?>> eventRows = new ArrayList<>();
    List<Row<?>> accuracyRows = new ArrayList<>();
    List<Row<?>> driftRows = new ArrayList<>();
    List<Row<?>> driftingRows = new ArrayList<>();
    for (BusiestTenants.Busy<QualityReport> busy : tenants.busiest(shown)) {
      Tags tags = Tags.of("tenant", busy.tenant());
      eventRows.add(Row.of(tags, busy.events()));
      busy.figures()
          .ifPresent(
              report -> {
                accuracyRows.add(Row.of(tags.and("head", "initial"), report.accuracyBefore()));
                accuracyRows.add(Row.of(tags.and("head", "adapted"), report.accuracyAfter()));
                driftRows.add(Row.of(tags, report.drifts()));
                driftingRows.add(Row.of(tags, report.driftDetected() ? 1 : 0));
              });
    }
    events.register(eventRows, true);
    accuracy.register(accuracyRows, true);
    drifts.register(driftRows, true);
    drifting.register(driftingRows, true);
  }
}
