/**
 * Runs models with ONNX Runtime; the only package that touches it. Callers use the interfaces of
 * {@code dev.hyperflow.models}; {@code OnnxRuntime} makes them.
 *
 * <p>House rules: every tensor and result lives in a try-with-resources block; sessions are shared
 * by all threads and run single-threaded, because that is what makes an item's result independent
 * of its batch.
 */
package dev.hyperflow.models.internal.onnx;
