package dev.hyperflow.training.finetune;

import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.SettingSampler;
import java.util.ArrayList;
import java.util.List;

/** Draws the same episodes as the evaluation does, as texts. */
final class TaskSampler {

  /*
   * A sampler draws rows of features whatever they hold: here each row holds the number of its text.
   * Floats are exact up to 2^24, more than a set may have lines.
   */
  private final LabelledTexts texts;
  private final LabelledFeatures numbers;
  private final SettingSampler sampler;

  TaskSampler(LabelledTexts texts, SettingSampler sampler) {
    float[][] rows = new float[texts.texts().size()][1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i;
    }
    this.texts = texts;
    this.numbers = LabelledFeatures.of(texts, rows);
    this.sampler = sampler;
  }

  /** Whether the set has two labels with two texts or more. */
  boolean accepts() {
    return SettingSampler.accepts(numbers);
  }

  String name() {
    return texts.name();
  }

  TextTask sample(long number) {
    Episode episode = sampler.sample(numbers, number);
    return new TextTask(
        episode.ways(),
        labelled(episode.support(), episode.supportLabels()),
        labelled(episode.queries(), episode.queryLabels()));
  }

  private List<TextTask.Labelled> labelled(float[][] rows, int[] labels) {
    List<TextTask.Labelled> all = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      all.add(new TextTask.Labelled(labels[i], texts.texts().get((int) rows[i][0]).text()));
    }
    return all;
  }
}
