package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrangementTest {

  private static final double TOLERANCE = 0.08;

  @Test
  void shouldFollowTheFile() {
    LabelStream stream = Sets.stream(Arrangement.FILE, 3, 2);
    assertThat(truth(stream)).containsExactly(0, 0, 0, 1, 1);
    assertThat(stream.order()).startsWith("file-");
  }

  @ParameterizedTest
  @EnumSource(names = {"SHUFFLED", "LABELS", "SWAP", "SPLIT"})
  void shouldDependOnTheSeedAlone(Arrangement arrangement) {
    StreamSet set = Sets.of(30, 20, 10);
    LabelStream stream = arrangement.stream(set, Sets.PLAN, 7);
    assertThat(truth(stream)).isEqualTo(truth(arrangement.stream(set, Sets.PLAN, 7)));
    assertThat(truth(stream)).isNotEqualTo(truth(arrangement.stream(set, Sets.PLAN, 8)));
    assertThat(stream.order()).startsWith(arrangement.title() + "-7-");
  }

  @Test
  void shouldPlayEachTextOnceAndNoMoreThanAsked() {
    StreamSet set = Sets.of(30, 20, 10);
    StreamPlan plan = new StreamPlan(List.of(Arrangement.SHUFFLED), 1, 25, 1, 0, 0, 7);
    LabelStream all = Arrangement.SHUFFLED.stream(set, Sets.PLAN, 7);
    assertThat(IntStream.range(0, 60).mapToObj(all::features)).doesNotHaveDuplicates();
    assertThat(Arrangement.SHUFFLED.stream(set, plan, 7).size()).isEqualTo(25);
  }

  @Test
  void shouldBeginLabelsOneAfterTheOther() {
    // When
    LabelStream stream = Sets.stream(Arrangement.LABELS, 100, 100, 100, 100);

    // Then: a label's first text comes after its share of the stream's time, in some order
    int[] truth = truth(stream);
    int[] first = new int[4];
    Arrays.fill(first, -1);
    for (int e = 0; e < truth.length; e++) {
      first[truth[e]] = first[truth[e]] < 0 ? e : first[truth[e]];
    }
    Arrays.sort(first);
    assertThat(first[0]).isZero();
    assertThat(first[1]).isBetween(15, 45);
    assertThat(first[2]).isBetween(65, 115);
    assertThat(first[3]).isBetween(160, 240);
  }

  @Test
  void shouldSwapTheMeaningOfTheMostFrequentLabels() {
    int[] plain = truth(Sets.stream(Arrangement.SHUFFLED, 5, 40, 30));
    int[] swapped = truth(Sets.stream(Arrangement.SWAP, 5, 40, 30));
    for (int e = 0; e < plain.length; e++) {
      int expected = e < plain.length / 2 || plain[e] == 0 ? plain[e] : 3 - plain[e];
      assertThat(swapped[e]).as("event %d", e).isEqualTo(expected);
    }
  }

  @Test
  void shouldSplitALabelInTwo() {
    int[] plain = truth(Sets.stream(Arrangement.SHUFFLED, 5, 40, 30));
    int[] split = truth(Sets.stream(Arrangement.SPLIT, 5, 40, 30));
    for (int e = 0; e < plain.length; e++) {
      int expected = e < plain.length / 2 && plain[e] == 2 ? 1 : plain[e];
      assertThat(split[e]).as("event %d", e).isEqualTo(expected);
    }
    assertThat(Arrangement.SPLIT.minLabels()).isEqualTo(3);
  }

  @Test
  void shouldGiveTheShareOfLabelsAndOfWrongOnesAskedFor() {
    // When
    StreamPlan plan = new StreamPlan(List.of(Arrangement.SHUFFLED), 1, 1000, 0.3, 0.2, 0, 7);
    LabelStream stream = Arrangement.SHUFFLED.stream(Sets.of(300, 300, 300), plan, 7);

    // Then
    int labelled = 0;
    int wrong = 0;
    for (int e = 0; e < stream.size(); e++) {
      if (stream.given(e) != LabelStream.NONE) {
        labelled++;
        wrong += stream.given(e) == stream.truth(e) ? 0 : 1;
      }
    }
    assertThat((double) labelled / stream.size()).isBetween(0.3 - TOLERANCE, 0.3 + TOLERANCE);
    assertThat((double) wrong / labelled).isBetween(0.2 - TOLERANCE, 0.2 + TOLERANCE);

    // And: a wrong label is not in the name alone
    assertThat(stream.order())
        .isNotEqualTo(Arrangement.SHUFFLED.stream(Sets.of(300, 300, 300), Sets.PLAN, 7).order());
  }

  private static int[] truth(LabelStream stream) {
    return IntStream.range(0, stream.size()).map(stream::truth).toArray();
  }
}
