/**
 * The public door of the Kafka Streams application.
 *
 * <p>{@code HyperFlowApplication} is the whole application. {@code HyperFlow} puts its graph into
 * somebody else's topology. Everything below {@code internal} may change without notice.
 */
package dev.hyperflow.topology;
