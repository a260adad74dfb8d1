package dev.hyperflow.topology.internal.tracing;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.encode.CachingEncoder;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.PendingEvent;
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
 * The spans of records and batches. All stream threads use it. Names, kinds and attributes of
 * records follow OpenTelemetry's conventions for messaging and Kafka (1.44).
 *
 * <pre>
 * process support|queries   from the record to its last output; its parent is in the headers
 *   decode
 *   queue                   waiting for the batch
 *   send predictions|dead-letters   its context is in the headers of the record that goes out
 * batch                     a trace of its own, with links to its records
 *   encode, integrate       calls of the models, for the whole batch
 * send heads                in the trace of the tenant's last label, linked to its batch
 * </pre>
 */
public final class RecordTracing implements EngineObserver {
  // A record passes through two processors and, in the inbox, even through a restart. It carries
  // nothing but its bytes, so its span is kept here, under its coordinates. A span that is never
  // asked for again, because its task moved, ends when the oldest makes room. Scoring has no span
  // of its own: it takes microseconds, between the queries of a batch.

  private static final int MAX_OPEN = 10_000;
  private static final String SCOPE = "dev.hyperflow";

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final String group;
  private final Topics topics;
  private final OpenSpans<Coordinates, RecordSpan> records =
      new OpenSpans<>(MAX_OPEN, RecordSpan::end);
  private final OpenSpans<String, Span> labels = new OpenSpans<>(MAX_OPEN, span -> {});

  private record Coordinates(String topic, int partition, long offset) {
    static Coordinates of(SourceRecord record) {
      return new Coordinates(record.topic(), record.partition(), record.offset());
    }
  }

  /** The span of a record, and that of the stage it is in. */
  private record RecordSpan(Span whole, Span stage) {
    void end() {
      stage.end();
      whole.end();
    }
  }

  private RecordTracing(Tracer tracer, TextMapPropagator propagator, String group, Topics topics) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.group = group;
    this.topics = topics;
  }

  /**
   * Traces with this SDK, which the caller owns.
   *
   * @param config names the consumer group and the topics
   */
  public static RecordTracing with(OpenTelemetry telemetry, ApplicationConfig config) {
    return new RecordTracing(
        telemetry.getTracer(SCOPE),
        telemetry.getPropagators().getTextMapPropagator(),
        config.applicationId(),
        config.topics());
  }

  @Override
  public void received(SourceRecord record, Headers headers) {
    Context creation = propagator.extract(Context.root(), headers, HeaderText.INSTANCE);
    SpanBuilder builder =
        messaging("process", record.topic(), SpanKind.CONSUMER)
            .setParent(creation)
            .addLink(Span.fromContext(creation).getSpanContext())
            .setAttribute("messaging.consumer.group.name", group)
            .setAttribute(
                "messaging.destination.partition.id", Integer.toString(record.partition()))
            .setAttribute("messaging.kafka.offset", record.offset());
    if (record.value() == null) {
      builder.setAttribute("messaging.kafka.message.tombstone", true);
    }
    Span whole = builder.startSpan();
    if (whole.isRecording()) {
      records.put(Coordinates.of(record), new RecordSpan(whole, stage(whole, "decode")));
    }
  }

  @Override
  public void skipped(SourceRecord record) {
    end(record);
  }

  private SpanBuilder messaging(String operation, String topic, SpanKind kind) {
    return tracer
        .spanBuilder(operation + " " + topic)
        .setSpanKind(kind)
        .setAttribute("messaging.system", "kafka")
        .setAttribute("messaging.operation.name", operation)
        .setAttribute("messaging.operation.type", operation)
        .setAttribute("messaging.destination.name", topic);
  }

  private Span stage(Span whole, String name) {
    return tracer.spanBuilder(name).setParent(Context.root().with(whole)).startSpan();
  }

  @Override
  public void decoded(SourceRecord record) {
    Coordinates coordinates = Coordinates.of(record);
    records
        .take(coordinates)
        .ifPresent(
            span -> {
              span.stage().end();
              records.put(coordinates, new RecordSpan(span.whole(), stage(span.whole(), "queue")));
            });
  }

  /** Makes the batch's span the current one of its thread, if one of the records is traced. */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // The batch's end closes it.
  public BatchEnd batch(
      String task, List<SourceRecord> sources, long queueWaitMillis, long nowMillis) {
    SpanBuilder builder =
        tracer
            .spanBuilder("batch")
            .setNoParent()
            .setAttribute("messaging.batch.message_count", sources.size());
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
      return BatchEnd.UNHEARD;
    }
    Span batch = builder.startSpan();
    Scope scope = batch.makeCurrent();
    return () -> {
      scope.close();
      batch.end();
      sources.forEach(this::end);
    };
  }

  private void end(SourceRecord record) {
    records.take(Coordinates.of(record)).ifPresent(RecordSpan::end);
  }

  /** The next head of a tenant belongs to the trace of the label that took effect last. */
  @Override
  public void output(Output output, Occasion occasion) {
    if (output instanceof Output.Applied && occasion.cause().isPresent()) {
      PendingEvent cause = occasion.cause().get();
      records
          .get(Coordinates.of(cause.source()))
          .ifPresent(span -> labels.put(cause.event().tenant(), span.whole()));
    }
  }

  @Override
  public void answering(SourceRecord query, Headers prediction) {
    records
        .get(Coordinates.of(query))
        .ifPresent(span -> send(topics.predictions(), span.whole(), prediction));
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    records
        .get(Coordinates.of(record))
        .ifPresent(
            span -> {
              String reason = rejection.reason().name();
              span.whole().setStatus(StatusCode.ERROR, reason).setAttribute("error.type", reason);
              send(topics.deadLetters(), span.whole(), letter);
            });
    end(record);
  }

  /** The head's record names the trace of the label behind it. */
  @Override
  public void publishing(String tenant, Headers head) {
    labels.take(tenant).ifPresent(label -> send(topics.heads().orElseThrow(), label, head));
  }

  /** What reads the record continues the span of its sending. It is over at once: Kafka sends. */
  private void send(String topic, Span parent, Headers headers) {
    Span span =
        messaging("send", topic, SpanKind.PRODUCER)
            .setParent(Context.root().with(parent))
            .addLink(Span.current().getSpanContext())
            .startSpan();
    propagator.inject(Context.root().with(span), headers, HeaderText.INSTANCE);
    span.end();
  }

  /** A model whose calls are spans; the caller owns what it had. */
  public AdaptationModel traced(AdaptationModel model) {
    return new AdaptationModel(
        model.bundleId(),
        model
            .encoder()
            .map(
                encoder ->
                    encoder instanceof TracedEncoder || encoder instanceof CachingEncoder
                        ? encoder
                        : new TracedEncoder(encoder, tracer)),
        model.dimension(),
        new TracedIntegrator(model.integrator(), tracer),
        model.calibration());
  }
}
