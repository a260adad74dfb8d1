package dev.hyperflow.app.tracing;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.tracing.RecordTracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Optional;

/**
 * Sends an application's spans to a collector, in the background; nothing where none is configured.
 * A collector that does not answer costs spans, never records. Thread-safe.
 */
public final class SpanExport implements AutoCloseable {
  private final ApplicationConfig config;
  private final Optional<OpenTelemetrySdk> sdk;

  private SpanExport(ApplicationConfig config, Optional<OpenTelemetrySdk> sdk) {
    this.config = config;
    this.sdk = sdk;
  }

  /** The export that a configuration asks for. */
  public static SpanExport of(ApplicationConfig config) {
    return new SpanExport(
        config,
        config
            .tracingEndpoint()
            .map(
                endpoint ->
                    sdk(
                        config,
                        BatchSpanProcessor.builder(
                                OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build())
                            .build())));
  }

  /** The SDK with another way for spans to go. */
  static OpenTelemetrySdk sdk(ApplicationConfig config, SpanProcessor processor) {
    Attributes service =
        Attributes.of(AttributeKey.stringKey("service.name"), config.applicationId());
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(service)))
                .setSampler(
                    Sampler.parentBased(
                        new LinkedSampler(Sampler.traceIdRatioBased(config.tracingSample()))))
                .addSpanProcessor(processor)
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  /** Start the application with this; empty without a collector. */
  public Optional<RecordTracing> tracing() {
    return sdk.map(open -> RecordTracing.with(open, config));
  }

  /** Sends what is left, within ten seconds. */
  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
