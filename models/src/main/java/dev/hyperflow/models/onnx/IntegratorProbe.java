package dev.hyperflow.models.onnx;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.Device;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.Integration;
import dev.hyperflow.models.Manifest;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.SupportSet;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries an integrator before it serves: every label bucket runs, results are finite and shaped as
 * promised, and neither neighbours nor padding change them.
 */
final class IntegratorProbe {

  private static final Logger log = LoggerFactory.getLogger(IntegratorProbe.class);

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
  private static final Duration BUDGET = Duration.ofMillis(1500);
  private static final int DEFAULT_DIMENSION = 16;
  private static final long SEED = 20250422L;

  private final String model;
  private final OnnxHeadIntegrator integrator;
  private final Manifest manifest;
  private final Device device;
  private final int dimension;

  IntegratorProbe(String model, OnnxHeadIntegrator integrator, Manifest manifest, Device device) {
    this.model = model;
    this.integrator = integrator;
    this.manifest = manifest;
    this.device = device;
    this.dimension =
        manifest
            .featureDimension()
            .fixed()
            .orElseGet(
                () ->
                    manifest
                        .encoderReference()
                        .map(Manifest.EncoderReference::dimension)
                        .orElse(DEFAULT_DIMENSION));
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
    SupportSet task = task(3, 7, 1);
    TaskShape shape = TaskShape.of(task, manifest.buckets());
    Head alone = integrator.run(List.of(task), shape).get(0).adapted();
    Head among =
        integrator.run(List.of(task(2, 5, 2), task, task(3, 8, 3)), shape).get(1).adapted();
    boolean same =
        device.kind() == Device.Kind.CPU ? alone.equals(among) : distance(alone, among) < TOLERANCE;
    if (!same) {
      throw new BundleException(
          "%s: expected the same head alone and in a batch, found a difference of %s"
              .formatted(model, distance(alone, among)));
    }
  }

  private void checkPadding() {
    SupportSet task = task(3, 7, 1);
    TaskShape shape = TaskShape.of(task, manifest.buckets());
    Head expected = integrator.run(List.of(task), shape).get(0).adapted();
    TaskShape moreExamples =
        new TaskShape(dimension, shape.labels(), shape.examples() + shape.examples() / 2);
    TaskShape moreLabels = new TaskShape(dimension, shape.labels() + 3, shape.examples());
    for (TaskShape padded : List.of(moreExamples, moreLabels)) {
      Head found = integrator.run(List.of(task), padded).get(0).adapted();
      float difference = distance(expected, found);
      if (!(difference < TOLERANCE)) {
        throw new BundleException(
            "%s: expected padding from %s to %s to change nothing, found a difference of %s"
                .formatted(model, shape, padded, difference));
      }
      if (!expected.equals(found)) {
        log.warn(
            "{}: padding from {} to {} changes a head by {}; heads stay reproducible on this machine",
            model,
            shape,
            padded,
            difference);
      }
    }
  }

  /** One run per label bucket, as long as the time budget lasts; always the first. */
  private void checkLabelBuckets() {
    long start = System.nanoTime();
    for (int labels : manifest.buckets().labels()) {
      if (labels > manifest.buckets().maxExamples()) {
        return; // every label has an example
      }
      SupportSet task = task(labels, labels, labels);
      Integration result =
          integrator.run(List.of(task), TaskShape.of(task, manifest.buckets())).get(0);
      if (!result.trace().finite()) {
        throw new BundleException(
            "%s: expected a finite trajectory with %d labels, found %s"
                .formatted(model, labels, result.trace()));
      }
      if (System.nanoTime() - start > BUDGET.toNanos()) {
        log.debug("{}: warm-up stopped after {} labels", model, labels);
        return;
      }
    }
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
