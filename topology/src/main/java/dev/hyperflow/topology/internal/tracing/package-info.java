/**
 * Traces across topics: a record's trace, which its headers name in W3C's form, goes on through the
 * engine and out with what comes of the record.
 *
 * <p>Knows OpenTelemetry's API alone; where spans go is the application's business.
 */
package dev.hyperflow.topology.internal.tracing;
