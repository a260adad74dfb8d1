package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.InitialHead;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.reference.BlockShare;
import java.util.Optional;

/** Trajectories start at the prototypes that the manifest describes. */
final class StartCheck extends BundleCheck<Subject> {

  private static final double TOLERANCE = 1e-4;

  StartCheck() {
    super(
        "start",
        "initial heads within %.0e of the prototypes of the manifest".formatted(TOLERANCE));
  }

  @Override
  Result run(Subject subject) {
    double largest =
        subject.largest(
            task ->
                HeadDistance.relative(
                    subject.integrate(task).initial(), prototypes(subject.manifest(), task)));
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g off", largest)
        : Result.failed("up to %.2g off", largest);
  }

  private static Head prototypes(Manifest manifest, SupportSet task) {
    InitialHead rule = manifest.initialHead();
    float[] scale = BlockShare.scale(Optional.ofNullable(manifest.blocks()), task);
    int columns = task.dimension() + 1;
    double[] sums = new double[task.labels() * columns];
    for (int i = 0; i < task.examples(); i++) {
      int row = task.label(i) * columns;
      for (int d = 0; d < task.dimension(); d++) {
        sums[row + d] += (double) task.weight(i) * task.feature(i, d);
      }
      sums[row + task.dimension()] += task.weight(i);
    }
    float[] weights = new float[sums.length];
    for (int row = 0; row < sums.length; row += columns) {
      double squares = 0;
      for (int d = 0; d < task.dimension(); d++) {
        double mean = sums[row + d] / sums[row + task.dimension()];
        double share = (double) scale[d] * scale[d];
        weights[row + d] = (float) (rule.scale() * share * mean);
        squares += share * mean * mean;
      }
      weights[row + task.dimension()] =
          rule.bias().equals("zero") ? 0f : (float) (-rule.scale() * squares / 2);
    }
    return Head.of(task.labels(), task.dimension(), weights);
  }
}
