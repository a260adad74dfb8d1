package dev.hyperflow.training.finetune;

import java.util.List;

/**
 * One few-shot task on texts.
 *
 * @param ways number of labels, 0 to ways − 1, each with at least one example
 * @param examples sorted by label
 * @param queries at least one
 */
record TextTask(int ways, List<Labelled> examples, List<Labelled> queries) {

  record Labelled(int label, String text) {}

  TextTask {
    examples = List.copyOf(examples);
    queries = List.copyOf(queries);
  }

  static List<String> texts(List<Labelled> labelled) {
    return labelled.stream().map(Labelled::text).toList();
  }
}
