/**
 * From payloads to features: texts go through the bundle's encoder, all texts of a batch together;
 * features given by the caller are checked and passed on.
 */
package dev.hyperflow.engine.internal.encode;
