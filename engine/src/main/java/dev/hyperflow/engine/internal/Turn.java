package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of the engine: what has come out of it so far, and what waits for heads that are planned
 * but not integrated yet.
 */
final class Turn {
  private final Outputs outputs;
  private final List<Runnable> waiting = new ArrayList<>();

  Turn(int events) {
    this.outputs = new Outputs(events);
  }

  void out(Output output) {
    outputs.add(output);
  }

  /** Does something once all heads planned so far are there, in the order of these calls. */
  void whenIntegrated(Runnable work) {
    waiting.add(work);
  }

  /** Does what waited; all planned heads are there. */
  void integrated() {
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  List<Output> outputs() {
    return outputs.inOrder();
  }
}
