package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.Output;
import java.util.ArrayList;
import java.util.List;

/** Collects outputs that come about in any order, and gives them in the order of their events. */
final class Outputs {
  private final List<List<Output>> ofEvent;
  private final List<Output> ofBackground = new ArrayList<>();

  Outputs(int events) {
    ofEvent = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      ofEvent.add(new ArrayList<>(2));
    }
  }

  void add(Output output) {
    (output.index() == Output.NO_EVENT ? ofBackground : ofEvent.get(output.index())).add(output);
  }

  List<Output> inOrder() {
    List<Output> all = new ArrayList<>(ofEvent.size() + ofBackground.size() + 8);
    ofEvent.forEach(all::addAll);
    all.addAll(ofBackground);
    return all;
  }
}
