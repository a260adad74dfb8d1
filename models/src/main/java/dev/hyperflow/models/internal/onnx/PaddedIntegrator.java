package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;

/** An integrator whose padding can be chosen, for those who check that it does not matter. */
public interface PaddedIntegrator extends HeadIntegrator {

  /**
   * Integrates tasks as one batch of one padded shape, whatever the buckets say.
   *
   * @param tasks at least one, all of the same dimension
   * @param labels padded number N of labels, at least that of every task
   * @param examples padded number M of examples, at least that of every task
   * @throws IllegalArgumentException if a task does not fit
   * @throws dev.hyperflow.models.ModelException if the model fails at run time
   */
  List<Integration> integrate(List<SupportSet> tasks, int labels, int examples);
}
