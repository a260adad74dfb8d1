package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.onnx.OnnxHeadIntegrator;
import java.util.List;

/** The same task gives the same bits, run after run and session after session. */
final class DeterminismCheck extends BundleCheck<Subject> {

  DeterminismCheck() {
    super("determinism", "the same bits in two runs and in a session opened anew");
  }

  @Override
  Result run(Subject subject) {
    List<SupportSet> tasks = subject.tasks().ordinary();
    List<Integration> first = subject.integrator().integrate(tasks);
    List<Integration> second = subject.integrator().integrate(tasks);
    List<Integration> anew;
    try (OnnxHeadIntegrator other = subject.openIntegrator()) {
      anew = other.integrate(tasks);
    }
    if (!first.equals(second)) {
      return Result.failed("other bits in the second run");
    }
    return first.equals(anew)
        ? Result.ok("the same bits for %d tasks", tasks.size())
        : Result.failed("other bits in another session");
  }
}
