package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.metrics.EngineObserver.Occasion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the play of a real topology does not bring about. */
class EngineMetersTest {
  private static final Occasion NONE = new Occasion(Optional.empty(), 0, 0);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ApplicationMeters meters = new ApplicationMeters(registry, 1);
  private final EngineObserver observer = meters.observer();

  @Test
  void shouldCountShadowAnswersTestsDriftsAndFailures() {
    Rejection rejection = new Rejection(Stage.INTEGRATE, Reason.INTEGRATION_FAILED, "why");

    observer.output(new Output.ShadowAnswered(0, true), NONE);
    observer.output(new Output.ShadowAnswered(0, false), NONE);
    observer.output(new Output.ShadowAnswered(0, false), NONE);
    observer.output(new Output.Tested(0, true, false, Optional.of(true)), NONE);
    observer.output(new Output.BackgroundFailed(Output.NO_EVENT, "t", rejection), NONE);
    observer.healed("t");

    assertThat(count("hyperflow.shadow.answers", "agreed", "true")).isEqualTo(1);
    assertThat(count("hyperflow.shadow.answers", "agreed", "false")).isEqualTo(2);
    assertThat(count("hyperflow.quality.right", "head", "initial")).isEqualTo(1);
    assertThat(count("hyperflow.quality.right", "head", "adapted")).isZero();
    assertThat(count("hyperflow.quality.right", "head", "shadow")).isEqualTo(1);
    assertThat(count("hyperflow.integrations.background.failed")).isEqualTo(1);
    assertThat(count("hyperflow.tenants.healed")).isEqualTo(1);
  }

  @Test
  void shouldAddUpTheProgressOfTheTasksThatAreHere() {
    observer.progress("0_0", new EngineProgress(3, true, 10));
    observer.progress("0_1", new EngineProgress(4, true, 20));
    assertThat(gauge("hyperflow.tenants.stale")).isEqualTo(7);
    assertThat(gauge("hyperflow.sweep.running")).isEqualTo(2);
    assertThat(gauge("hyperflow.sweep.tenants")).isEqualTo(30);

    observer.closed("0_1");

    assertThat(gauge("hyperflow.tasks")).isEqualTo(1);
    assertThat(gauge("hyperflow.tenants.stale")).isEqualTo(3);
  }

  @Test
  void shouldShowTheDriftOfABusyTenantUntilItsNextReport() {
    observer.output(new Output.Ignored(0, "unknown"), of(new Event.Retract("t", 1, "e"), 1, 1));
    observer.output(new Output.QualityReported(0, report(true, 1)), NONE);
    meters.refresh();
    assertThat(gauge("hyperflow.tenant.drifting", "tenant", "t")).isEqualTo(1);
    assertThat(count("hyperflow.quality.drifts")).isEqualTo(1);

    observer.output(new Output.QualityReported(0, report(false, 1)), NONE);
    meters.refresh();

    assertThat(gauge("hyperflow.tenant.drifting", "tenant", "t")).isZero();
    assertThat(gauge("hyperflow.tenant.drifts", "tenant", "t")).isEqualTo(1);
    assertThat(count("hyperflow.quality.drifts")).isEqualTo(1);
  }

  private static QualityReport report(boolean drift, long drifts) {
    return new QualityReport("t", 1, "bundle", 10, 0.5f, 0.75f, drift, drifts);
  }

  private static Occasion of(Event event, long recordMillis, long nowMillis) {
    return new Occasion(Optional.of(event), recordMillis, nowMillis);
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
