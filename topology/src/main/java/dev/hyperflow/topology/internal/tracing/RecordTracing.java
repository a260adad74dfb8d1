package dev.hyperflow.topology.internal.tracing;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.topology.internal.source.SourceRecord;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * The spans of records and batches. Used by all stream threads; every call is cheap when tracing is
 * off.
 *
 * <pre>
 * process support|queries   from the record to its last output; its parent is in the headers
 *   decode
 *   queue                   waiting for the batch
 * batch                     a trace of its own, with links to its records
 *   encode, integrate       calls of the models, for the whole batch
 * head                      in the trace of the tenant's last label, linked to its batch
 * </pre>
 */
public final class RecordTracing {
  // A record passes through two processors and, in the inbox, even through a restart, and carries
  // nothing but its bytes. So its span is kept here, under its coordinates, and what is never asked
  // for again (its task moved on) is ended as the oldest makes room. Scoring is not a span of its
  // own: it takes microseconds, between the queries of a batch.

  private static final int MOST_OPEN = 10_000;
  private static final String SCOPE = "dev.hyperflow";

  private final Optional<Tracer> tracer;
  private final TextMapPropagator propagator;
  private final OpenSpans<Coordinates, RecordSpan> records =
      new OpenSpans<>(MOST_OPEN, RecordSpan::end);
  private final OpenSpans<String, Span> labels = new OpenSpans<>(MOST_OPEN, span -> {});

  private record Coordinates(String topic, int partition, long offset) {
    static Coordinates of(SourceRecord source) {
      return new Coordinates(source.topic(), source.partition(), source.offset());
    }
  }

  /** The span of a record, and that of the stage it is in. */
  private record RecordSpan(Span whole, Span stage) {
    void end() {
      stage.end();
      whole.end();
    }
  }

  private RecordTracing(Optional<Tracer> tracer, TextMapPropagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Traces nothing; headers stay as they are. */
  public static RecordTracing off() {
    return new RecordTracing(Optional.empty(), TextMapPropagator.noop());
  }

  /** Traces with this SDK, which the caller owns. */
  public static RecordTracing with(OpenTelemetry telemetry) {
    return new RecordTracing(
        Optional.of(telemetry.getTracer(SCOPE)), telemetry.getPropagators().getTextMapPropagator());
  }

  /** A record was read. */
  public void received(SourceRecord source, Headers headers) {
    tracer.ifPresent(
        present -> {
          Span whole = begin(present, source, headers);
          if (whole.isRecording()) {
            records.put(
                Coordinates.of(source), new RecordSpan(whole, stage(present, whole, "decode")));
          }
        });
  }

  private Span begin(Tracer present, SourceRecord source, Headers headers) {
    return present
        .spanBuilder("process " + source.topic())
        .setParent(propagator.extract(Context.root(), headers, HeaderText.INSTANCE))
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.destination.name", source.topic())
        .setAttribute("messaging.destination.partition.id", Integer.toString(source.partition()))
        .setAttribute("messaging.kafka.offset", source.offset())
        .startSpan();
  }

  private static Span stage(Tracer present, Span whole, String name) {
    return present.spanBuilder(name).setParent(Context.root().with(whole)).startSpan();
  }

  /** It was decoded, and waits for its batch. */
  public void decoded(SourceRecord source) {
    tracer.ifPresent(
        present ->
            records
                .take(Coordinates.of(source))
                .ifPresent(
                    span -> {
                      span.stage().end();
                      records.put(
                          Coordinates.of(source),
                          new RecordSpan(span.whole(), stage(present, span.whole(), "queue")));
                    }));
  }

  /**
   * A batch is about to be processed by this thread.
   *
   * @param sources its records
   * @return to be closed by this thread when all outputs are out
   */
  public Batch batch(List<SourceRecord> sources) {
    return tracer.map(present -> beginBatch(present, sources)).orElse(Batch.NONE);
  }

  @SuppressWarnings("MustBeClosedChecker") // The batch closes it.
  private Batch beginBatch(Tracer present, List<SourceRecord> sources) {
    SpanBuilder builder =
        present.spanBuilder("batch").setNoParent().setAttribute("batch.size", sources.size());
    boolean traced = false;
    for (SourceRecord source : sources) {
      Optional<RecordSpan> span = records.get(Coordinates.of(source));
      if (span.isPresent()) {
        traced = true;
        span.get().stage().end();
        builder.addLink(span.get().whole().getSpanContext());
      }
    }
    if (!traced) {
      return Batch.NONE;
    }
    Span batch = builder.startSpan();
    Scope scope = batch.makeCurrent();
    return () -> {
      scope.close();
      batch.end();
      sources.forEach(source -> records.take(Coordinates.of(source)).ifPresent(RecordSpan::end));
    };
  }

  /** Ends the spans of a batch. */
  @FunctionalInterface
  public interface Batch {
    /** Nothing is traced of it. */
    Batch NONE = () -> {};

    /** All outputs are out, or the batch has failed; to be called by the batch's thread. */
    void close();
  }

  /** Headers of an output are to name the trace of the record behind it. */
  public void emitted(SourceRecord source, Headers headers) {
    if (tracer.isPresent()) {
      records.get(Coordinates.of(source)).ifPresent(span -> inject(span.whole(), headers));
    }
  }

  /** The record was refused, before or in its batch. */
  public void refused(SourceRecord source, String reason, Headers headers) {
    if (tracer.isPresent()) {
      records
          .get(Coordinates.of(source))
          .ifPresent(
              span -> {
                span.whole().setStatus(StatusCode.ERROR, reason);
                inject(span.whole(), headers);
              });
    }
  }

  /** Nothing more comes of a record that got into no batch. */
  public void done(SourceRecord source) {
    if (tracer.isPresent()) {
      records.take(Coordinates.of(source)).ifPresent(RecordSpan::end);
    }
  }

  /** A label of a tenant took effect: the tenant's next head belongs to its trace. */
  public void learned(SourceRecord source, String tenant) {
    if (tracer.isPresent()) {
      records.get(Coordinates.of(source)).ifPresent(span -> labels.put(tenant, span.whole()));
    }
  }

  /** A tenant's head was integrated; its record's headers are to name the label's trace. */
  public void adapted(String tenant, Headers headers) {
    tracer.ifPresent(
        present ->
            labels
                .take(tenant)
                .ifPresent(
                    label -> {
                      Span head =
                          present
                              .spanBuilder("head")
                              .setParent(Context.root().with(label))
                              .addLink(Span.current().getSpanContext())
                              .startSpan();
                      inject(head, headers);
                      head.end();
                    }));
  }

  /** A model whose calls are spans; the caller owns what it had. */
  public AdaptationModel traced(AdaptationModel model) {
    return tracer
        .map(
            present ->
                new AdaptationModel(
                    model.bundleId(),
                    model
                        .encoder()
                        .map(
                            encoder ->
                                encoder instanceof TracedEncoder
                                    ? encoder
                                    : new TracedEncoder(encoder, present)),
                    model.dimension(),
                    new TracedIntegrator(model.integrator(), present),
                    model.calibration()))
        .orElse(model);
  }

  private void inject(Span span, Headers headers) {
    propagator.inject(Context.root().with(span), headers, HeaderText.INSTANCE);
  }
}
