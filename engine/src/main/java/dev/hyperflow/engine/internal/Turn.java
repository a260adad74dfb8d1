package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of the engine: what has come out of it so far, and what waits for heads that are planned
 * but not integrated yet.
 */
final class Turn {
  private final List<List<Output>> ofEvents;
  private final List<Output> ofBackground = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();

  Turn(int events) {
    ofEvents = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      ofEvents.add(new ArrayList<>(2));
    }
  }

  /** Takes an output; they come about in any order. */
  void out(Output output) {
    (output.index() == Output.NO_EVENT ? ofBackground : ofEvents.get(output.index())).add(output);
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

  /** The outputs in the order of their events, then those of the background. */
  List<Output> outputs() {
    List<Output> all = new ArrayList<>(ofEvents.size() + ofBackground.size() + 8);
    ofEvents.forEach(all::addAll);
    all.addAll(ofBackground);
    return all;
  }
}
