/**
 * What an application tells of itself in figures: the catalogue of its meters, what feeds them, and
 * the seam through which engines are observed.
 *
 * <p>Meters are Micrometer's; which registry they are in, and how it is read, is the application's
 * business. The names of Kafka Streams' own metrics are known here only.
 */
package dev.hyperflow.topology.internal.metrics;
