package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Arrays;
import java.util.List;

/** Runs {@code drift.onnx} for one task at a time, padded like the integrator pads it. */
final class OnnxDriftField implements DriftField {

  private final ModelSession model;
  private final Manifest manifest;
  private final DirectBuffers buffers = new DirectBuffers();

  /** Owns the model. */
  OnnxDriftField(ModelSession model, Manifest manifest) {
    this.model = model;
    this.manifest = manifest;
  }

  @Override
  public float[] drift(Head head, float t, SupportSet support) {
    if (head.labels() != support.labels()
        || head.dimension() != support.dimension()
        || !manifest.featureDimension().accepts(support.dimension())) {
      throw new IllegalArgumentException(
          "drift: expected head and support set of equal shape and dimension %s, found %s and %s"
              .formatted(manifest.featureDimension(), head, support));
    }
    TaskShape shape = TaskShape.of(support, manifest.buckets());
    int columns = shape.dimension() + 1;
    try (TaskTensors tensors =
        TaskTensors.of(List.of(support), shape, model.environment(), buffers)) {
      tensors.add(FlowContract.TIME, into -> into.put(t), 1);
      tensors.add(
          FlowContract.HEAD,
          into -> {
            into.put(head.toArray());
            TaskTensors.putZeros((shape.labels() - head.labels()) * columns, into);
          },
          1,
          shape.labels(),
          columns);
      float[] padded =
          model.run(
              tensors.inputs(),
              outputs ->
                  OnnxHeadIntegrator.floats(
                      outputs, FlowContract.DRIFT, 1, shape.labels(), columns));
      return Arrays.copyOf(padded, support.labels() * columns);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
