package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.reference.SupportLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** No head ends with a higher support loss than the head it started from. */
final class LossCheck extends BundleCheck<Subject> {

  /** Of a loss in single precision, relative to the loss where that is above 1. */
  private static final double TOLERANCE = 1e-4;

  LossCheck() {
    super("loss", "no support loss above that of the start");
  }

  @Override
  Result run(Subject subject) {
    Map<String, SupportSet> tasks = new LinkedHashMap<>(subject.tasks().extreme());
    for (SupportSet task : subject.tasks().ordinary()) {
      tasks.put(task.toString(), task);
    }
    int lower = 0;
    for (Map.Entry<String, SupportSet> named : tasks.entrySet()) {
      SupportSet task = named.getValue();
      Integration result = subject.integrateExtreme(named.getKey(), task);
      double start = SupportLoss.of(result.initial(), task);
      double end = SupportLoss.of(result.adapted(), task);
      if (!(end <= start + TOLERANCE * Math.max(1, start))) {
        return Result.failed("%.6g after %.6g: %s", end, start, named.getKey());
      }
      lower += end < start ? 1 : 0;
    }
    return Result.ok("none in %d tasks, and a lower one in %d", tasks.size(), lower);
  }
}
