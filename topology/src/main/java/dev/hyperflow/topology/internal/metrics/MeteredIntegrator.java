package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times the calls of an integrator that somebody else owns. */
final class MeteredIntegrator implements HeadIntegrator {
  private final HeadIntegrator integrator;
  private final Meters meters;
  private final Timer calls;
  private final Counter heads;

  MeteredIntegrator(HeadIntegrator integrator, Meters meters) {
    this.integrator = integrator;
    this.meters = meters;
    this.calls = meters.timer(MeterCatalogue.INTEGRATE);
    this.heads = meters.counter(MeterCatalogue.INTEGRATE_HEADS);
  }

  @Override
  public int maxLabels() {
    return integrator.maxLabels();
  }

  @Override
  public int maxExamples() {
    return integrator.maxExamples();
  }

  @Override
  public List<Integration> integrate(List<SupportSet> tasks) {
    long started = meters.now();
    try {
      return integrator.integrate(tasks);
    } finally {
      calls.record(meters.now() - started, TimeUnit.NANOSECONDS);
      heads.increment(tasks.size());
    }
  }

  @Override
  public void close() {
    integrator.close();
  }
}
