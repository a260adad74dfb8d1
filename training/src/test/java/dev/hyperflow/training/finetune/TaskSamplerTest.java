package dev.hyperflow.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSamplerTest {

  @Test
  void shouldDrawTheTextsWhoseFeaturesTheEvaluationDraws() {
    // Given: features that tell texts apart
    List<Utterance> lines =
        IntStream.range(0, 60)
            .mapToObj(i -> new Utterance("default", "label" + i % 4, "text " + i))
            .toList();
    LabelledTexts texts = LabelledTexts.of("set", lines);
    float[][] vectors = new float[60][];
    Arrays.setAll(vectors, i -> new float[] {1, -i});
    LabelledFeatures features = LabelledFeatures.of(texts, vectors);
    SettingSampler sampler = new SettingSampler(Setting.parse("3x5"), 4, 20);

    // When
    TextTask task = new TaskSampler(texts, sampler).sample(3);

    // Then
    Episode episode = sampler.sample(features, 3);
    assertThat(task.examples()).isEqualTo(labelled(episode.support(), episode.supportLabels()));
    assertThat(task.queries()).isEqualTo(labelled(episode.queries(), episode.queryLabels()));
    assertThat(task.ways()).isEqualTo(3);
    assertThat(task.examples()).hasSize(15);
  }

  private static List<TextTask.Labelled> labelled(float[][] rows, int[] labels) {
    return IntStream.range(0, rows.length)
        .mapToObj(i -> new TextTask.Labelled(labels[i], "text " + (int) -rows[i][1]))
        .toList();
  }
}
