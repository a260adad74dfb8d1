/**
 * The public door of the Kafka Streams application.
 *
 * <p>{@code HyperFlowApplication} is the whole application. Everything below {@code internal} may
 * change without notice.
 */
package dev.hyperflow.topology;
