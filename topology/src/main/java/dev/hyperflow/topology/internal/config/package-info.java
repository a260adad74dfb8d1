/**
 * The configuration: one record or reader for each feature, with names, defaults and checks of its
 * settings.
 */
package dev.hyperflow.topology.internal.config;
