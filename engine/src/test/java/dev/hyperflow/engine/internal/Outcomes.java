package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import java.util.List;

/** Reads lists of outputs. */
final class Outcomes {
  private Outcomes() {}

  /** The outputs of one kind, in order. */
  static <T extends Output> List<T> of(Class<T> kind, List<Output> outputs) {
    return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The only answer. */
  static Output.Answer answer(List<Output> outputs) {
    List<Output.Answer> answers = of(Output.Answer.class, outputs);
    if (answers.size() != 1) {
      throw new AssertionError("expected one answer, found " + outputs);
    }
    return answers.get(0);
  }

  /** The label of the only answer. */
  static String label(List<Output> outputs) {
    return answer(outputs).verdict().label().orElseThrow();
  }

  /** Why the only rejected event was refused. */
  static Reason reason(List<Output> outputs) {
    List<Output.Rejected> rejected = of(Output.Rejected.class, outputs);
    if (rejected.size() != 1) {
      throw new AssertionError("expected one rejection, found " + outputs);
    }
    return rejected.get(0).rejection().reason();
  }
}
