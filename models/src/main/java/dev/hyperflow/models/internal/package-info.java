/**
 * Models as the rest of the product sees them: a {@link
 * dev.hyperflow.models.internal.bundle.Bundle} brings an {@link
 * dev.hyperflow.models.internal.Encoder} (text to features) and a {@link
 * dev.hyperflow.models.internal.HeadIntegrator} (support set to {@link dev.hyperflow.models.Head}).
 *
 * <p>Belongs here: what a caller needs, the manifest, hashes, and the checks before serving. Next
 * door: {@code models.onnx} runs models and is the only package that knows ONNX Runtime; {@code
 * models.graph} writes ONNX graphs and is the only package that knows their protobuf classes. Never
 * here: Kafka, Avro, HTTP, the wall clock.
 */
package dev.hyperflow.models.internal;
