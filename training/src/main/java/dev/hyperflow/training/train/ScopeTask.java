package dev.hyperflow.training.train;

import dev.hyperflow.training.data.Episode;
import java.util.List;
import java.util.stream.Stream;

/**
 * An episode, and texts that belong to none of its labels.
 *
 * @param episode its queries belong to its labels
 * @param near features of texts of the same set with other labels; may be empty
 * @param far features of texts of another set; may be empty
 */
record ScopeTask(Episode episode, List<float[]> near, List<float[]> far) {

  ScopeTask {
    near = List.copyOf(near);
    far = List.copyOf(far);
  }

  /** Whether there is a text that belongs to no label. */
  boolean hasOthers() {
    return !near.isEmpty() || !far.isEmpty();
  }

  /** The kinds of texts that belong to no label, without the empty ones. */
  Stream<List<float[]>> others() {
    return Stream.of(near, far).filter(texts -> !texts.isEmpty());
  }
}
