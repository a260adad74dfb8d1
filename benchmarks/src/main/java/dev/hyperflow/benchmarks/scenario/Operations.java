package dev.hyperflow.benchmarks.scenario;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.graph.DriftContract;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a head costs whatever the machine, counted from a profile of ONNX Runtime.
 *
 * @param products floating-point operations of matrix products and inverses, two a multiply-add
 * @param bytes what all operators read and write, caches included
 */
record Operations(double products, double bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KERNEL = "_kernel_time";
  private static final Set<String> FRAMES = Set.of("Loop", "If");

  /** Counts one run of {@code integrate.onnx} on one task, padded as the application pads it. */
  static Operations of(BundleFiles files, SupportSet task) {
    String prefix = "hyperflow-profile-" + UUID.randomUUID();
    try {
      Path file = profile(files, task, Path.of(System.getProperty("java.io.tmpdir"), prefix));
      try {
        return count(JSON.readTree(file.toFile()));
      } finally {
        Files.delete(file);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path profile(BundleFiles files, SupportSet task, Path prefix) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.enableProfiling(prefix.toString());
      try (OrtSession session = environment.createSession(files.integrate(), options)) {
        fill(inputs, files, task, environment);
        inputs.keySet().retainAll(session.getInputNames());
        session.run(inputs).close();
        return Path.of(session.endProfiling());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static void fill(
      Map<String, OnnxTensor> inputs,
      BundleFiles files,
      SupportSet task,
      OrtEnvironment environment)
      throws OrtException {
    Buckets buckets = files.manifest().buckets();
    int labels = buckets.labelBucket(task.labels());
    int examples = buckets.supportBucket(task.examples());
    FloatBuffer support = FloatBuffer.allocate(examples * task.dimension());
    task.writeFeatures(support);
    float[] membership = new float[examples * labels];
    for (int i = 0; i < task.examples(); i++) {
      membership[i * labels + task.label(i)] = task.weight(i);
    }
    float[] mask = new float[labels];
    Arrays.fill(mask, 0, task.labels(), 1f);
    Blocks blocks = files.manifest().blocks();
    float[] inner = {blocks == null ? 0f : blocks.inner()};
    Map<String, float[]> values =
        Map.of(
            DriftContract.SUPPORT, support.array(),
            DriftContract.MEMBERSHIP, membership,
            DriftContract.LABEL_MASK, mask,
            IntegrateGraph.INNER, inner);
    Map<String, long[]> shapes =
        Map.of(
            DriftContract.SUPPORT, new long[] {1, examples, task.dimension()},
            DriftContract.MEMBERSHIP, new long[] {1, examples, labels},
            DriftContract.LABEL_MASK, new long[] {1, labels},
            IntegrateGraph.INNER, new long[] {1});
    for (Map.Entry<String, float[]> value : values.entrySet()) {
      FloatBuffer data = FloatBuffer.wrap(value.getValue());
      inputs.put(
          value.getKey(), OnnxTensor.createTensor(environment, data, shapes.get(value.getKey())));
    }
  }

  /** The operators of loops and branches have lines of their own; their frames are left out. */
  private static Operations count(JsonNode events) {
    double products = 0;
    double bytes = 0;
    for (JsonNode event : events) {
      JsonNode node = event.path("args");
      String operator = node.path("op_name").asText();
      if (event.path("name").asText().endsWith(KERNEL) && !FRAMES.contains(operator)) {
        bytes += node.path("activation_size").asDouble() + node.path("parameter_size").asDouble();
        bytes += node.path("output_size").asDouble();
        products += products(operator, node);
      }
    }
    return new Operations(products, bytes);
  }

  private static double products(String operator, JsonNode node) {
    JsonNode output = shape(node.path("output_type_shape"));
    return switch (operator) {
      case "MatMul", "FusedMatMul" ->
          2 * size(shape(node.path("input_type_shape"))) * output.get(output.size() - 1).asDouble();
      case "Inverse" -> 2 * size(output) * output.get(output.size() - 1).asDouble();
      default -> 0;
    };
  }

  /** Of the first tensor, which is {@code {"float":[…]}}. */
  private static JsonNode shape(JsonNode tensors) {
    return tensors.path(0).elements().next();
  }

  private static double size(JsonNode shape) {
    double size = 1;
    for (JsonNode dimension : shape) {
      size *= dimension.asDouble();
    }
    return size;
  }
}
