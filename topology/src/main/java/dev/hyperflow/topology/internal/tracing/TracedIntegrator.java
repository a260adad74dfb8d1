package dev.hyperflow.topology.internal.tracing;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** Makes a span of every call of an integrator that somebody else owns. */
final class TracedIntegrator implements HeadIntegrator {
  private final HeadIntegrator integrator;
  private final Tracer tracer;

  TracedIntegrator(HeadIntegrator integrator, Tracer tracer) {
    this.integrator = integrator;
    this.tracer = tracer;
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
    if (!Span.current().isRecording()) {
      return integrator.integrate(tasks);
    }
    Span span = tracer.spanBuilder("integrate").setAttribute("heads", tasks.size()).startSpan();
    try {
      return integrator.integrate(tasks);
    } finally {
      span.end();
    }
  }

  @Override
  public void close() {
    integrator.close();
  }
}
