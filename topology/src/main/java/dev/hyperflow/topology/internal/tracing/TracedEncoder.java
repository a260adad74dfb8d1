package dev.hyperflow.topology.internal.tracing;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextTokens;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Optional;

/** Makes a span of every call of an encoder that somebody else owns. */
final class TracedEncoder implements Encoder {
  private final Encoder encoder;
  private final Tracer tracer;

  TracedEncoder(Encoder encoder, Tracer tracer) {
    this.encoder = encoder;
    this.tracer = tracer;
  }

  @Override
  public String id() {
    return encoder.id();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public int innerWidth() {
    return encoder.innerWidth();
  }

  @Override
  public Optional<List<TextTokens>> tokens(List<String> texts) {
    return encoder.tokens(texts);
  }

  @Override
  public float[][] encode(List<String> texts) {
    if (!Span.current().isRecording()) {
      return encoder.encode(texts);
    }
    Span span = tracer.spanBuilder("encode").setAttribute("texts", texts.size()).startSpan();
    try {
      return encoder.encode(texts);
    } finally {
      span.end();
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
