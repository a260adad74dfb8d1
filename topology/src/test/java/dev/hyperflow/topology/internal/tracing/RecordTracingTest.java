package dev.hyperflow.topology.internal.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.FakeModels;
import dev.hyperflow.topology.internal.observe.EngineObserver.BatchEnd;
import dev.hyperflow.topology.internal.observe.EngineObserver.Occasion;
import dev.hyperflow.topology.internal.observe.Occasions;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordTracingTest {
  private static final String TRACE = "11111111111111111111111111111111";
  private static final SourceRecord QUERY = Occasions.record("queries", 7, 0);
  private static final SourceRecord LABEL = Occasions.record("support", 3, 0);

  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of(
              "application.id", "routing",
              "bootstrap.servers", "broker:9092",
              "schema.registry.url", "http://registry:8081",
              "topics.heads", "heads"));

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .setSampler(Sampler.parentBased(new OfSampledLinks()))
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private final RecordTracing tracing = RecordTracing.with(sdk, CONFIG);

  /** Samples a trace of its own when it is linked to a sampled one, as the application does. */
  private static final class OfSampledLinks implements Sampler {
    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      return links.stream().anyMatch(link -> link.getSpanContext().isSampled())
          ? SamplingResult.recordAndSample()
          : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
      return "of sampled links";
    }
  }

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void shouldFollowARecordFromItsHeadersToItsAnswer() {
    // When
    tracing.received(QUERY, traced());
    tracing.decoded(QUERY);
    BatchEnd end = tracing.batch("0_0", List.of(QUERY), 0, 0);
    Headers prediction = new RecordHeaders();
    tracing.answering(QUERY, prediction);
    assertThat(names()).containsExactly("decode", "queue", "send predictions");
    end.ended();

    // Then
    assertThat(traceOf(prediction)).isEqualTo(TRACE);
    assertThat(names())
        .containsExactly("decode", "queue", "send predictions", "batch", "process queries");
    SpanData whole = span("process queries");
    assertThat(whole.getTraceId()).isEqualTo(TRACE);
    assertThat(span("decode").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(span("queue").getParentSpanId()).isEqualTo(whole.getSpanId());
    assertThat(span("batch").getTraceId()).isNotEqualTo(TRACE);
    assertThat(span("batch").getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(whole.getSpanId());
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void shouldEndARecordThatIsRefusedWithItsReason() {
    Headers letter = new RecordHeaders();
    tracing.received(QUERY, traced());
    tracing.refused(QUERY, new Rejection(Stage.DECODE, Reason.UNDECODABLE, "why"), letter);

    assertThat(traceOf(letter)).isEqualTo(TRACE);
    SpanData whole = span("process queries");
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(whole.getStatus().getDescription()).isEqualTo("UNDECODABLE");
    assertThat(names()).containsExactly("send dead-letters", "decode", "process queries");
    assertThat(whole.getAttributes().get(stringKey("error.type"))).isEqualTo("UNDECODABLE");
  }

  /** Names, kinds and attributes are those of the conventions; each has a word in tools. */
  @Test
  void shouldFollowTheConventionsForMessaging() {
    // When
    tracing.received(QUERY, traced());
    tracing.decoded(QUERY);
    BatchEnd end = tracing.batch("0_0", List.of(QUERY), 0, 0);
    Headers prediction = new RecordHeaders();
    tracing.answering(QUERY, prediction);
    end.ended();

    // Then
    SpanData process = span("process queries");
    assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(process.getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(process.getParentSpanId())
        .containsExactly("2222222222222222");
    assertThat(process.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("messaging.system", "kafka")
                .put("messaging.operation.name", "process")
                .put("messaging.operation.type", "process")
                .put("messaging.destination.name", "queries")
                .put("messaging.destination.partition.id", "0")
                .put("messaging.consumer.group.name", "routing")
                .put("messaging.kafka.offset", 7)
                .put("messaging.kafka.message.tombstone", true)
                .build()
                .asMap());
    SpanData send = span("send predictions");
    assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
    assertThat(send.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("messaging.system", "kafka")
                .put("messaging.operation.name", "send")
                .put("messaging.operation.type", "send")
                .put("messaging.destination.name", "predictions")
                .build()
                .asMap());
    assertThat(spanOf(prediction)).isEqualTo(send.getSpanId());
    assertThat(span("batch").getAttributes().asMap())
        .isEqualTo(Attributes.builder().put("messaging.batch.message_count", 1).build().asMap());
  }

  @Test
  void shouldNotCallARecordWithAValueATombstone() {
    SourceRecord record = new SourceRecord("queries", 0, 8, 1, null, new byte[] {1});
    tracing.received(record, traced());
    tracing.refused(
        record, new Rejection(Stage.DECODE, Reason.UNDECODABLE, "why"), new RecordHeaders());

    assertThat(
            span("process queries")
                .getAttributes()
                .get(booleanKey("messaging.kafka.message.tombstone")))
        .isNull();
  }

  @Test
  void shouldPutTheNextHeadIntoTheTraceOfItsLabel() {
    // Given
    tracing.received(LABEL, traced());
    tracing.decoded(LABEL);
    BatchEnd end = tracing.batch("0_0", List.of(LABEL), 0, 0);
    tracing.output(
        new Output.Applied(0), Occasion.of(new PendingEvent(Occasions.add("t", 0), LABEL), 0));
    end.ended();

    // When two heads go out
    Headers first = new RecordHeaders();
    Headers second = new RecordHeaders();
    tracing.publishing("t", first);
    tracing.publishing("t", second);

    // Then only the first is the label's
    assertThat(traceOf(first)).isEqualTo(TRACE);
    assertThat(second).isEmpty();
    assertThat(span("send heads").getParentSpanId()).isEqualTo(span("process support").getSpanId());
  }

  @Test
  void shouldLeaveRecordsAloneThatAreNotSampled() {
    Headers headers = new RecordHeaders();
    tracing.received(QUERY, headers);
    tracing.decoded(QUERY);
    BatchEnd end = tracing.batch("0_0", List.of(QUERY), 0, 0);
    tracing.answering(QUERY, headers);
    end.ended();
    tracing.refused(QUERY, new Rejection(Stage.SCORE, Reason.EMPTY_TEXT, "why"), headers);

    assertThat(end).isSameAs(BatchEnd.UNHEARD);
    assertThat(headers).isEmpty();
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void shouldMakeSpansOfModelCallsWithinATracedBatchOnly() {
    AdaptationModel model = tracing.traced(FakeModels.model());
    model.encoder().orElseThrow().encode(List.of("outside"));
    model.integrator().integrate(List.of());
    assertThat(spans.getFinishedSpanItems()).isEmpty();

    tracing.received(QUERY, traced());
    BatchEnd end = tracing.batch("0_0", List.of(QUERY), 0, 0);
    model.encoder().orElseThrow().encode(List.of("a", "b"));
    model.integrator().integrate(List.of());
    end.ended();

    assertThat(span("encode").getParentSpanId()).isEqualTo(span("batch").getSpanId());
    assertThat(span("integrate").getParentSpanId()).isEqualTo(span("batch").getSpanId());
  }

  @Test
  void shouldKeepWhatAModelIsAndWrapItsEncoderOnce() {
    AdaptationModel model = FakeModels.model();
    AdaptationModel once = tracing.traced(model);
    AdaptationModel twice = tracing.traced(once);

    assertThat(twice.encoder().orElseThrow()).isSameAs(once.encoder().orElseThrow());
    assertThat(once.bundleId()).isEqualTo(model.bundleId());
    assertThat(once.featureSpace()).isEqualTo(model.featureSpace());
    assertThat(once.encoder().orElseThrow().dimension()).isEqualTo(FakeModels.DIMENSION);
    assertThat(once.integrator().maxLabels()).isEqualTo(model.integrator().maxLabels());
    assertThat(once.integrator().maxExamples()).isEqualTo(model.integrator().maxExamples());
  }

  private static Headers traced() {
    return new RecordHeaders()
        .add("traceparent", ("00-" + TRACE + "-2222222222222222-01").getBytes(UTF_8));
  }

  private static String spanOf(Headers headers) {
    int start = "00-".length() + TRACE.length() + "-".length();
    return new String(headers.lastHeader("traceparent").value(), UTF_8)
        .substring(start, start + "2222222222222222".length());
  }

  private static String traceOf(Headers headers) {
    int start = "00-".length();
    return new String(headers.lastHeader("traceparent").value(), UTF_8)
        .substring(start, start + TRACE.length());
  }

  private List<String> names() {
    return spans.getFinishedSpanItems().stream().map(SpanData::getName).toList();
  }

  private SpanData span(String name) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
