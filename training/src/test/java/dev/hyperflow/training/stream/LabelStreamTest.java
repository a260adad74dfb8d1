package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelStreamTest {

  private static final int NONE = LabelStream.NONE;

  @Test
  void shouldBringALabelAtOnceWithoutADelay() {
    LabelStream stream = Sets.stream(new int[] {0, 1, 0, 1}, new int[] {0, NONE, 1, 1}, 0);
    assertThat(learned(stream)).containsExactly(0, NONE, 2, 3);
    assertThat(stream.received()).containsExactly(0, 1, 1, 2);
    assertThat(stream.known()).containsExactly(false, false, true, true);
  }

  @Test
  void shouldBringALabelAfterItsDelayOrNever() {
    LabelStream stream = Sets.stream(new int[] {0, 1, 0, 1}, new int[] {0, 1, 0, 1}, 2);
    assertThat(learned(stream)).containsExactly(NONE, NONE, 0, 1);
    assertThat(stream.received()).containsExactly(0, 0, 0, 1);
    assertThat(stream.known()).containsExactly(false, false, false, false);
  }

  @Test
  void shouldNameAnOrderByWhatIsAskedAndLearned() {
    int[] truth = {0, 1, 0};
    LabelStream stream = Sets.stream(truth, truth, 0);
    assertThat(stream.order()).isEqualTo(Sets.stream(truth, truth, 0).order());
    assertThat(stream.order()).isNotEqualTo(Sets.stream(truth, truth, 1).order());
    assertThat(stream.order()).isNotEqualTo(Sets.stream(truth, new int[] {0, 1, NONE}, 0).order());
  }

  @Test
  void shouldLeaveOutTextsWithoutFiniteFeatures() {
    LabelledTexts texts =
        LabelledTexts.of(
            "set",
            List.of(
                new Utterance("t", "a", "one"),
                new Utterance("t", "b", "two"),
                new Utterance("t", "a", "three")));
    float[][] vectors = {{Float.NaN, 1}, {2, 2}, {3, 3}};
    StreamSet set = StreamSet.of(texts, LabelledFeatures.of(texts, vectors), vectors[0].length);
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.row(0)).containsExactly(2, 2);
    assertThat(set.row(1)).containsExactly(3, 3);
    assertThat(set.label(1)).isZero();
  }

  private static int[] learned(LabelStream stream) {
    return IntStream.range(0, stream.size()).map(stream::learnedAfter).toArray();
  }
}
