package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.QualityReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void shouldShowTheBusiestAndNoMoreThanAskedFor() {
    TenantMeters meters = new TenantMeters(new Meters(registry), 2);
    events(meters, "quiet", 1);
    events(meters, "busy", 5);
    events(meters, "busier", 7);
    meters.refresh();

    assertThat(shown()).containsExactlyInAnyOrder("busy", "busier");

    events(meters, "quiet", 10);
    meters.refresh();

    assertThat(shown()).containsExactlyInAnyOrder("quiet", "busier");
    assertThat(gauge("hyperflow.tenant.events", "tenant", "quiet")).isEqualTo(11);
  }

  @Test
  void shouldShowTheLastReportOfATenant() {
    TenantMeters meters = new TenantMeters(new Meters(registry), 1);
    events(meters, "t", 1);
    meters.report(new QualityReport("t", 1, "bundle", 10, 0.5f, 0.75f, true, 3));
    meters.refresh();

    assertThat(gauge("hyperflow.tenant.accuracy", "tenant", "t", "head", "initial")).isEqualTo(0.5);
    assertThat(gauge("hyperflow.tenant.accuracy", "tenant", "t", "head", "adapted"))
        .isEqualTo(0.75);
    assertThat(gauge("hyperflow.tenant.drifts", "tenant", "t")).isEqualTo(3);
    assertThat(gauge("hyperflow.tenant.drifting", "tenant", "t")).isEqualTo(1);
  }

  @Test
  void shouldNameNobodyWhenNoneAreWanted() {
    TenantMeters meters = new TenantMeters(new Meters(registry), 0);
    events(meters, "t", 100);
    meters.report(new QualityReport("t", 1, "bundle", 10, 0.5f, 0.75f, true, 3));
    meters.refresh();

    assertThat(registry.getMeters()).isEmpty();
  }

  private static void events(TenantMeters meters, String tenant, int count) {
    for (int i = 0; i < count; i++) {
      meters.event(tenant);
    }
  }

  private List<String> shown() {
    return registry.get("hyperflow.tenant.events").gauges().stream()
        .map((Gauge gauge) -> gauge.getId().getTag("tenant"))
        .toList();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
