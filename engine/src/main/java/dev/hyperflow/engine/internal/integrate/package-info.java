/**
 * From a support set to a head: integrates the drift of a tenant whose head is stale, and keeps the
 * result for as long as bundle and fingerprint stay the same.
 */
package dev.hyperflow.engine.internal.integrate;
