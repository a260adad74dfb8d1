package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries an integrator before it serves: every label bucket that a support set can reach runs once,
 * with one example per label; trajectories are finite and shaped as promised; and neither
 * neighbours nor padding to the next bucket, if there is one, change a small head. What runs
 * depends on the manifest alone, never on the speed of the machine.
 */
final class IntegratorProbe {

  private static final Logger LOG = LoggerFactory.getLogger(IntegratorProbe.class);

  /*
   * Neighbours must not change a bit on the processor: a head would depend on what else was in the
   * batch, and nothing else in the product could repair that. On a graphics card kernels are chosen
   * by shape, so there a tolerance has to do.
   *
   * Padding is a function of the task, so a few bits of dependence leave heads reproducible: worth
   * a warning (it means kernels on this processor block differently from those the buckets were
   * measured on), not a refusal. Beyond the tolerance the model breaks its contract.
   */
  private static final float TOLERANCE = 1e-4f;
  private static final int DEFAULT_DIMENSION = 16;
  private static final long SEED = 20250422L;

  private final String model;
  private final OnnxHeadIntegrator integrator;
  private final Buckets buckets;
  private final Device device;
  private final int dimension;

  IntegratorProbe(String model, OnnxHeadIntegrator integrator, Manifest manifest, Device device) {
    this.model = model;
    this.integrator = integrator;
    this.buckets = manifest.buckets();
    this.device = device;
    this.dimension = manifest.usualDimension(DEFAULT_DIMENSION);
  }

  void run() {
    try {
      checkNeighbours();
      checkPadding();
      checkLabelBuckets();
    } catch (ModelException e) {
      throw new BundleException(
          "%s: expected a clean warm-up, found: %s".formatted(model, Messages.oneLine(e)), e);
    }
  }

  private void checkNeighbours() {
    SupportSet smaller = fitting(2, 5, 2);
    SupportSet task = fitting(3, 7, 1);
    SupportSet largest = fitting(3, 8, 3);
    TaskShape shape = TaskShape.of(largest, buckets);
    Head alone = integrator.run(List.of(task), shape).get(0).adapted();
    Head among = integrator.run(List.of(smaller, task, largest), shape).get(1).adapted();
    boolean same =
        device.kind() == Device.Kind.CPU ? alone.equals(among) : distance(alone, among) < TOLERANCE;
    if (!same) {
      throw new BundleException(
          "%s: expected the same head alone and in a batch, found a difference of %s"
              .formatted(model, distance(alone, among)));
    }
  }

  private void checkPadding() {
    SupportSet task = fitting(3, 7, 1);
    TaskShape shape = TaskShape.of(task, buckets);
    Head expected = integrator.run(List.of(task), shape).get(0).adapted();
    next(buckets.support(), shape.examples())
        .map(examples -> new TaskShape(dimension, shape.labels(), examples))
        .ifPresent(padded -> checkPadding(task, expected, shape, padded));
    next(buckets.labels(), shape.labels())
        .filter(labels -> Buckets.exactlyPadded(shape.labels(), labels))
        .map(labels -> new TaskShape(dimension, labels, shape.examples()))
        .ifPresent(padded -> checkPadding(task, expected, shape, padded));
  }

  private void checkPadding(SupportSet task, Head expected, TaskShape shape, TaskShape padded) {
    Head found = integrator.run(List.of(task), padded).get(0).adapted();
    float difference = distance(expected, found);
    if (!(difference < TOLERANCE)) {
      throw new BundleException(
          "%s: expected padding from %s to %s to change nothing, found a difference of %s"
              .formatted(model, shape, padded, difference));
    }
    if (!expected.equals(found)) {
      LOG.warn(
          "{}: padding from {} to {} changes a head by {}; heads stay reproducible on this machine",
          model,
          shape,
          padded,
          difference);
    }
  }

  private static Optional<Integer> next(List<Integer> sizes, int size) {
    return sizes.stream().filter(other -> other > size).findFirst();
  }

  private void checkLabelBuckets() {
    for (int bucket : buckets.labels()) {
      int labels = Math.min(bucket, buckets.maxExamples()); // every label has an example
      if (buckets.labelBucket(labels) < bucket) {
        return;
      }
      SupportSet task = task(labels, labels, labels);
      Integration result = integrator.run(List.of(task), TaskShape.of(task, buckets)).get(0);
      if (!result.trace().finite()) {
        throw new BundleException(
            "%s: expected a finite trajectory with %d labels, found %s"
                .formatted(model, labels, result.trace()));
      }
    }
  }

  /** A task of that size, or the nearest that fits the largest buckets. */
  private SupportSet fitting(int labels, int examples, int seed) {
    int most = Math.min(buckets.maxLabels(), buckets.maxExamples());
    return task(Math.min(labels, most), Math.min(examples, buckets.maxExamples()), seed);
  }

  /** Random unit vectors, labels in turn; the same for the same seed. */
  private SupportSet task(int labels, int examples, int seed) {
    Random random = new Random(SEED + seed);
    SupportSet.Builder builder = SupportSet.builder(dimension, labels);
    for (int i = 0; i < examples; i++) {
      float[] x = new float[dimension];
      double squares = 0;
      for (int d = 0; d < dimension; d++) {
        x[d] = (float) random.nextGaussian();
        squares += x[d] * x[d];
      }
      for (int d = 0; d < dimension; d++) {
        x[d] /= (float) Math.sqrt(squares);
      }
      builder.add(i % labels, 1f, x);
    }
    return builder.build();
  }

  private static float distance(Head a, Head b) {
    float[] left = a.toArray();
    float[] right = b.toArray();
    float largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }
}
