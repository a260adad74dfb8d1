package dev.hyperflow.app.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.server.LiveApplication;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.tracing.RecordTracing;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SpanExportTest {
  private static final String QUERY_TRACE = "11111111111111111111111111111111";
  private static final String LABEL_TRACE = "22222222222222222222222222222222";
  private static final String BROKEN_TRACE = "33333333333333333333333333333333";

  @TempDir Path directory;

  @Test
  void shouldCarryTracesAcrossTopics() throws Exception {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    // The head is to be integrated in the batch of a query, not by a tick in the background.
    try (LiveApplication live =
            new LiveApplication(
                directory,
                Map.of(
                    "topics.heads",
                    "heads",
                    "tracing.sample",
                    "0",
                    "background.tick.ms",
                    "60000"));
        OpenTelemetrySdk sdk = SpanExport.sdk(live.config(), SimpleSpanProcessor.create(spans));
        RunningApplication application =
            live.start(
                new Telemetry(
                    Optional.empty(), Optional.of(RecordTracing.with(sdk, live.config()))))) {
      // When records of three traces, and one of none, come in
      live.teach("t", "1", "billing", "I was charged twice");
      live.teach("t", "2", "access", "I cannot log in", trace(LABEL_TRACE));
      live.ask("t", "q1", "a second charge", trace(QUERY_TRACE));
      live.ask("t", "q2", "", trace(BROKEN_TRACE));
      live.ask("t", "q3", "no login");

      // Then what comes of them names their traces, and what has none names none
      Map<String, String> predictions = new HashMap<>();
      live.await("predictions", 2)
          .forEach(record -> predictions.put(queryId(live, record), traceOf(record)));
      assertThat(predictions).containsEntry("q1", QUERY_TRACE).containsEntry("q3", "");
      assertThat(traceOf(live.await("dead-letters", 1).get(0))).isEqualTo(BROKEN_TRACE);
      assertThat(live.await("heads", 1)).anyMatch(head -> traceOf(head).equals(LABEL_TRACE));

      // And the stages are spans, the batch's linked to its records
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  names(spans, QUERY_TRACE).contains("process queries")
                      && names(spans, LABEL_TRACE).contains("process support"));
      assertThat(names(spans, QUERY_TRACE))
          .contains("process queries", "decode", "queue", "send predictions");
      assertThat(names(spans, LABEL_TRACE)).contains("process support", "send heads");
      assertThat(spans.getFinishedSpanItems())
          .anyMatch(span -> span.getName().equals("encode"))
          .anyMatch(span -> span.getName().equals("integrate"))
          .anyMatch(
              span ->
                  span.getName().equals("batch")
                      && span.getLinks().stream()
                          .anyMatch(
                              link -> link.getSpanContext().getTraceId().equals(QUERY_TRACE)));
      assertThat(application.isRunning()).isTrue();
    }
  }

  @Test
  void shouldSendSpansToACollectorWithTheHttpClientOfTheJdk() throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          requests.add(exchange.getRequestMethod());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      // When
      String endpoint = "http://127.0.0.1:%d/v1/traces".formatted(collector.getAddress().getPort());
      try (SpanExport export =
          SpanExport.of(config(Map.of("tracing.endpoint", endpoint, "tracing.sample", "1")))) {
        SourceRecord record = new SourceRecord("queries", 0, 7, 1, null, null);
        export.tracing().orElseThrow().received(record, new RecordHeaders());
      }
      try (SpanExport export =
          SpanExport.of(config(Map.of("tracing.endpoint", endpoint, "tracing.sample", "1")))) {
        RecordTracing tracing = export.tracing().orElseThrow();
        SourceRecord record = new SourceRecord("queries", 0, 8, 1, null, null);
        tracing.received(record, new RecordHeaders());
        tracing.refused(
            record, new Rejection(Stage.DECODE, Reason.UNDECODABLE, "why"), new RecordHeaders());
      }

      // Then the span that ended is sent, at the latest when the export is closed
      assertThat(requests.poll(30, TimeUnit.SECONDS)).isEqualTo("POST");
      assertThat(requests).isEmpty();
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void shouldTraceNothingWithoutACollector() {
    try (SpanExport export = SpanExport.of(config(Map.of()))) {
      assertThat(export.tracing()).isEmpty();
    }
  }

  private static ApplicationConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", "broker:9092");
    settings.put("schema.registry.url", "http://registry:8081");
    return ApplicationConfig.of(settings);
  }

  private static String queryId(LiveApplication live, ConsumerRecord<byte[], byte[]> record) {
    return ((dev.hyperflow.events.Prediction) live.value(record)).getQueryId();
  }

  private static List<String> names(InMemorySpanExporter spans, String trace) {
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(trace))
        .map(SpanData::getName)
        .toList();
  }

  private static Headers trace(String id) {
    return new RecordHeaders()
        .add("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(id).getBytes(UTF_8));
  }

  private static String traceOf(ConsumerRecord<byte[], byte[]> record) {
    return record.headers().lastHeader("traceparent") == null
        ? ""
        : new String(record.headers().lastHeader("traceparent").value(), UTF_8).substring(3, 35);
  }
}
