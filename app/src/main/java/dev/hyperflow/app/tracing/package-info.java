/**
 * Where spans go: OpenTelemetry's SDK with an OTLP exporter over the JDK's HTTP client. What is a
 * span is known to {@code topology.tracing}.
 */
package dev.hyperflow.app.tracing;
