package dev.hyperflow.topology.internal.tracing;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.ForwardingEncoder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** Makes a span of every call of an encoder that somebody else owns. */
final class TracedEncoder extends ForwardingEncoder {
  private final Tracer tracer;

  TracedEncoder(Encoder encoder, Tracer tracer) {
    super(encoder);
    this.tracer = tracer;
  }

  @Override
  public float[][] encode(List<String> texts) {
    if (!Span.current().isRecording()) {
      return super.encode(texts);
    }
    Span span = tracer.spanBuilder("encode").setAttribute("texts", texts.size()).startSpan();
    try {
      return super.encode(texts);
    } finally {
      span.end();
    }
  }
}
