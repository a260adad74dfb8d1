/**
 * Live quality: how well a tenant's heads do, measured on the labelled examples that come anyway.
 *
 * <p>Prequential, that is test then train: a head predicts a labelled query before the label is
 * learned. Values only, immutable and a function of the observations in their order; when to
 * observe is decided in {@code dev.hyperflow.engine}, where the values are kept in {@code
 * dev.hyperflow.topology.internal.state}.
 */
package dev.hyperflow.engine.internal.quality;
