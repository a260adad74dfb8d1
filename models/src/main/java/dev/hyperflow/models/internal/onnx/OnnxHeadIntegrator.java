package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs {@code integrate.onnx}: the initial head and the whole integration in one graph. */
public final class OnnxHeadIntegrator implements HeadIntegrator {

  /*
   * Tasks are grouped by padded shape, a function of each task alone, and a group is cut into the
   * batch sizes of the manifest, largest first; a card also takes larger ones. Neither padding nor neighbours change a bit of a
   * head then, which the probe checks when a bundle loads and a property test for random batches.
   *
   * A batch is also bounded by memory. The largest intermediate of a flow that compares examples
   * with each other is B × M × max(M, D) floats.
   */
  private final ModelSession model;
  private final RunLimits limits;
  private final Manifest manifest;
  private final int inner;
  private final DirectBuffers buffers = new DirectBuffers();

  /**
   * Owns the model.
   *
   * @param limits of a run on the model's device
   * @param inner number of the last columns of a feature vector that are a second block; 0 for one
   *     block
   */
  OnnxHeadIntegrator(ModelSession model, RunLimits limits, Manifest manifest, int inner) {
    this.model = model;
    this.limits = limits;
    this.manifest = manifest;
    this.inner = inner;
  }

  @Override
  public int maxLabels() {
    return manifest.buckets().maxLabels();
  }

  @Override
  public int maxExamples() {
    return manifest.buckets().maxExamples();
  }

  @Override
  public List<Integration> integrate(List<SupportSet> tasks) {
    Map<TaskShape, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      groups.computeIfAbsent(shapeOf(tasks.get(i)), shape -> new ArrayList<>()).add(i);
    }
    Integration[] results = new Integration[tasks.size()];
    groups.forEach(
        (shape, members) -> {
          for (int start = 0; start < members.size(); ) {
            int size = batchSize(shape, members.size() - start);
            List<Integer> batch = members.subList(start, start + size);
            List<Integration> done = run(batch.stream().map(tasks::get).toList(), shape);
            for (int row = 0; row < size; row++) {
              results[batch.get(row)] = done.get(row);
            }
            start += size;
          }
        });
    return Arrays.asList(results);
  }

  private TaskShape shapeOf(SupportSet task) {
    if (!manifest.featureDimension().accepts(task.dimension())) {
      throw new IllegalArgumentException(
          "dimension: expected %s, found %d"
              .formatted(manifest.featureDimension(), task.dimension()));
    }
    return TaskShape.of(task, manifest.buckets());
  }

  private int batchSize(TaskShape shape, int tasks) {
    long floatsPerTask =
        (long) shape.examples()
            * Math.max(shape.dimension(), Math.max(shape.examples(), shape.labels()));
    int fitting = (int) Math.min(tasks, Math.max(1, limits.floats() / floatsPerTask));
    return manifest.buckets().batchSize(fitting, limits.doubledHeads());
  }

  /**
   * Integrates tasks as one batch of one padded shape, for those who check that padding does not
   * matter.
   *
   * @param tasks at least one, all of the same dimension
   * @param labels padded number N of labels, at least that of every task
   * @param examples padded number M of examples, at least that of every task
   * @throws IllegalArgumentException if a task does not fit
   * @throws ModelException if the model fails at run time
   */
  public List<Integration> integrate(List<SupportSet> tasks, int labels, int examples) {
    for (SupportSet task : tasks) {
      shapeOf(task);
      if (task.labels() > labels
          || task.examples() > examples
          || task.dimension() != tasks.get(0).dimension()) {
        throw new IllegalArgumentException(
            "task: expected up to %d labels and %d examples, and one dimension for all, found %s"
                .formatted(labels, examples, task));
      }
    }
    return run(tasks, new TaskShape(tasks.get(0).dimension(), labels, examples));
  }

  /** Runs tasks that all fit a shape as one batch. */
  List<Integration> run(List<SupportSet> tasks, TaskShape shape) {
    try (TaskTensors tensors = TaskTensors.of(tasks, shape, model.environment(), buffers)) {
      if (manifest.blocks() != null) {
        tensors.add(FlowContract.INNER, into -> into.put(innerWidth(shape)), 1);
      }
      return model.run(tensors.inputs(), outputs -> read(outputs, tasks, shape));
    }
  }

  /** Columns of the second block; none in features that cannot have one. */
  private int innerWidth(TaskShape shape) {
    boolean divided =
        manifest
            .encoderReference()
            .map(encoder -> shape.dimension() == encoder.dimension())
            .orElse(shape.dimension() > inner);
    return divided ? inner : 0;
  }

  private List<Integration> read(
      OrtSession.Result outputs, List<SupportSet> tasks, TaskShape shape) {
    int batch = tasks.size();
    int columns = shape.dimension() + 1;
    int points = manifest.steps() + 1;
    float[] heads = floats(outputs, FlowContract.HEAD, batch, shape.labels(), columns);
    float[] starts = floats(outputs, FlowContract.INITIAL_HEAD, batch, shape.labels(), columns);
    float[] traces = floats(outputs, FlowContract.TRACE, batch, points, FlowContract.TRACE_COLUMNS);
    List<Integration> integrations = new ArrayList<>(batch);
    for (int row = 0; row < batch; row++) {
      SupportSet task = tasks.get(row);
      int head = row * shape.labels() * columns;
      int headEnd = head + task.labels() * columns;
      int trace = row * points * FlowContract.TRACE_COLUMNS;
      integrations.add(
          Safeguard.apply(
              task,
              Arrays.copyOfRange(starts, head, headEnd),
              Arrays.copyOfRange(heads, head, headEnd),
              Arrays.copyOfRange(traces, trace, trace + points * FlowContract.TRACE_COLUMNS)));
    }
    return integrations;
  }

  static float[] floats(OrtSession.Result outputs, String name, long... shape) {
    if (!(outputs.get(name).orElse(null) instanceof OnnxTensor tensor)) {
      throw new ModelException("output " + name + ": expected a tensor, found none");
    }
    if (!Arrays.equals(tensor.getInfo().getShape(), shape)) {
      throw new ModelException(
          "output %s: expected shape %s, found %s"
              .formatted(
                  name, Arrays.toString(shape), Arrays.toString(tensor.getInfo().getShape())));
    }
    float[] values = new float[Math.toIntExact(tensor.getInfo().getNumElements())];
    tensor.getFloatBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    model.close();
  }
}
