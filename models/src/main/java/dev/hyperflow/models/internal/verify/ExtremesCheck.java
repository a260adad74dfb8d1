package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Extreme tasks have finite heads, and a finite drift and support loss at their start. */
final class ExtremesCheck extends BundleCheck<Subject> {

  ExtremesCheck() {
    super("extremes", "finite heads, and a finite drift and loss at the start, of extreme tasks");
  }

  @Override
  Result run(Subject subject) {
    Map<String, SupportSet> tasks = subject.tasks().extreme();
    List<String> broken = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    tasks.forEach(
        (name, task) -> {
          try {
            Integration result = subject.integrateExtreme(name, task);
            boolean finite =
                Float.isFinite(result.trace().driftNorm(0))
                    && Float.isFinite(result.trace().supportLoss(0));
            if (!finite) {
              broken.add(name);
            } else if (result.safeguarded()) {
              kept.add(name);
            }
          } catch (ModelException e) {
            broken.add(name + " (" + e.getMessage() + ")");
          }
        });
    if (!broken.isEmpty()) {
      return Result.failed("not finite: %s", String.join(", ", broken));
    }
    return Result.ok(
        "%d finite tasks%s",
        tasks.size(),
        kept.isEmpty()
            ? ""
            : "; the safeguard took an earlier point of: " + String.join(", ", kept));
  }
}
