package dev.hyperflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplersTest {

  private static final int EPISODES = 200;
  private static final long SEED = 7;

  /** Label l has {@code counts[l]} texts, each a vector (l, number). */
  private static LabelledFeatures set(int... counts) {
    List<Utterance> texts = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        texts.add(new Utterance("t", "label%03d".formatted(label), label + " " + i));
        rows.add(new float[] {label, i});
      }
    }
    return LabelledFeatures.of(LabelledTexts.of("set", texts), rows.toArray(new float[0][]));
  }

  private static LabelledFeatures even(int labels, int texts) {
    int[] counts = new int[labels];
    Arrays.fill(counts, texts);
    return set(counts);
  }

  @Test
  void shouldDrawBeginningsOfStreams() {
    // Given a set whose first label has ten times as many texts as the others
    LabelledFeatures set = set(300, 30, 30, 30, 30, 30);
    EpisodeSampler sampler = new EpisodeSampler(new EpisodeRange(6, 6, 1, 4, 200, 0, 1, 8), SEED);
    int frequent = 0;
    int examples = 0;
    int beyondShots = 0;

    for (int number = 0; number < EPISODES; number++) {
      // When
      Episode episode = sampler.sample(set, number);

      // Then
      assertThat(episode.ways()).isBetween(2, 6);
      assertThat(episode.support().length).isBetween(2, 200);
      assertThat(episode.queries()).isNotEmpty();
      assertDisjointAndConsistent(episode);
      assertThat(episode.supportSet().labels()).isEqualTo(episode.ways());
      for (float[] x : episode.support()) {
        frequent += x[0] == 0 ? 1 : 0;
      }
      examples += episode.support().length;
      beyondShots += episode.support().length > 4 * episode.ways() ? 1 : 0;
    }

    // And labels come as often as they do in the set, however many that makes
    assertThat((double) frequent / examples).isBetween(0.4, 0.8);
    assertThat(beyondShots).isGreaterThan(EPISODES / 4);
  }

  @Test
  void shouldStayInItsRangeAndNeverAskForAnExample() {
    // Given
    LabelledFeatures set = even(30, 100);
    EpisodeRange range = new EpisodeRange(2, 20, 1, 40, 200, 0.5, 0, 8);
    EpisodeSampler sampler = new EpisodeSampler(range, SEED);
    Set<Integer> ways = new HashSet<>();

    for (int number = 0; number < EPISODES; number++) {
      // When
      Episode episode = sampler.sample(set, number);

      // Then
      ways.add(episode.ways());
      assertThat(episode.ways()).isBetween(2, 20);
      assertThat(episode.support().length).isBetween(episode.ways(), 200);
      assertThat(episode.queries().length).isBetween(episode.ways(), 8 * episode.ways());
      assertDisjointAndConsistent(episode);
      assertThat(episode.supportSet().labels()).isEqualTo(episode.ways());
    }
    assertThat(ways).contains(2, 20);
  }

  @Test
  void shouldDrawTheSameForTheSameSeedAndOtherwiseNot() {
    // Given
    LabelledFeatures set = even(30, 100);
    EpisodeRange range = new EpisodeRange(2, 60, 1, 64, 900, 0.25, 0, 8);
    EpisodeSampler sampler = new EpisodeSampler(range, SEED);

    // When
    Episode once = sampler.sample(set, 3);
    Episode again = new EpisodeSampler(range, SEED).sample(set, 3);
    Episode next = sampler.sample(set, 4);

    // Then
    assertThat(again.support()).isDeepEqualTo(once.support());
    assertThat(again.queries()).isDeepEqualTo(once.queries());
    assertThat(Arrays.deepEquals(next.support(), once.support())).isFalse();
  }

  @Test
  void shouldCutShotsToWhatALabelHas() {
    // Given
    LabelledFeatures set = set(1, 2, 3, 12, 100);
    SettingSampler sampler = new SettingSampler(Setting.parse("all-x30"), 50, SEED);

    // When
    Episode episode = sampler.sample(set, 0);

    // Then: the label with one text is out; at least a third is left for queries
    int[] examples = new int[5];
    int[] queries = new int[5];
    for (float[] row : episode.support()) {
      examples[(int) row[0]]++;
    }
    for (float[] row : episode.queries()) {
      queries[(int) row[0]]++;
    }
    assertThat(examples).containsExactly(0, 1, 2, 8, 30);
    assertThat(queries).containsExactly(0, 1, 1, 4, 50);
    assertDisjointAndConsistent(episode);
  }

  @Test
  void shouldUseAllLabelsOfASmallSet() {
    Episode episode = new SettingSampler(Setting.parse("20x5"), 30, SEED).sample(even(2, 50), 0);
    assertThat(episode.ways()).isEqualTo(2);
    assertThat(episode.support()).hasNumberOfRows(10);
    assertThat(episode.queries()).hasNumberOfRows(60);
  }

  @Test
  void shouldRefuseASetWithoutTwoUsableLabels() {
    LabelledFeatures set = set(40, 1);
    assertThat(SettingSampler.accepts(set)).isFalse();
    assertThatThrownBy(() -> new SettingSampler(Setting.parse("5x1"), 30, SEED).sample(set, 0))
        .hasMessage("set: expected at least 2 labels with two texts or more, found 1");
  }

  @Test
  void shouldReadSettings() {
    assertThat(Setting.parse("20x15").title()).isEqualTo("20-way 15-shot");
    assertThat(Setting.parse("all-x30@60").episodes()).hasValue(60);
    for (String bad : List.of("", "5", "1x5", "5x0", "5x5@1", "allx5", "5x5@")) {
      assertThatThrownBy(() -> Setting.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("setting: expected");
    }
  }

  @Test
  void shouldDrawLogarithmsEvenly() {
    // Given
    EpisodeSampler sampler = new EpisodeSampler(new EpisodeRange(2, 2, 1, 64, 1000, 0, 0, 1), SEED);
    LabelledFeatures set = even(2, 200);
    int few = 0;

    // When
    for (int number = 0; number < 1000; number++) {
      few += sampler.sample(set, number).support().length / 2 <= 7 ? 1 : 0;
    }

    // Then: log 8 of log 65 is half
    assertThat(few).isBetween(440, 560);
  }

  private static void assertDisjointAndConsistent(Episode episode) {
    Set<String> seen = new HashSet<>();
    for (float[] row : episode.support()) {
      assertThat(seen.add(Arrays.toString(row))).isTrue();
    }
    for (float[] row : episode.queries()) {
      assertThat(seen.add(Arrays.toString(row))).isTrue();
    }
    assertThat(episode.supportLabels()).hasSameSizeAs(episode.support());
    assertThat(episode.queryLabels()).hasSameSizeAs(episode.queries());
    assertThat(episode.supportLabels()).isSorted();
  }
}
