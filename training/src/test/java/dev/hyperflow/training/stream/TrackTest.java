package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTest {

  private static final double EXACT = 1e-9;
  private static final double FLOAT = 1e-6;

  /** Says what it learned last, with certainty; writes down what it is told. */
  private static final class Parrot implements Learner {
    private final List<String> log = new ArrayList<>();
    private int last = LabelStream.NONE;

    @Override
    public float[] ask(float[] x) {
      log.add("ask");
      float[] probabilities = new float[3];
      if (last != LabelStream.NONE) {
        probabilities[last] = 1;
      }
      return probabilities;
    }

    @Override
    public boolean learn(float[] x, int label) {
      log.add("learn " + label);
      last = label;
      return label < 2;
    }
  }

  @Test
  void shouldAskBeforeItTeaches() {
    // Given
    Parrot parrot = new Parrot();
    LabelStream stream = Sets.stream(new int[] {0, 0, 1, 1, 1, 0}, new int[] {0, 0, 1, 1, 1, 0}, 0);

    // When
    Track track = Track.play(stream, parrot);

    // Then: the first question has no answer and is wrong, as are those after a change
    assertThat(parrot.log.subList(0, 4)).containsExactly("ask", "learn 0", "ask", "learn 0");
    assertThat(track.accuracy()).isEqualTo(3 / 6.0, within(EXACT));
    assertThat(track.accuracyOfLastThird()).isEqualTo(1 / 2.0, within(EXACT));
    assertThat(track.replies().get(0).label()).isEqualTo(LabelStream.NONE);
    assertThat(track.refused()).isZero();
    assertThat(track.millis()).isPresent();
  }

  @Test
  void shouldTeachWhatIsGivenAndNotWhatIsTrue() {
    Parrot parrot = new Parrot();
    Track.play(Sets.stream(new int[] {0, 0, 0}, new int[] {1, LabelStream.NONE, 0}, 1), parrot);
    assertThat(parrot.log).containsExactly("ask", "ask", "learn 1", "ask");
  }

  @Test
  void shouldCountRefusedLabels() {
    LabelStream stream = Sets.stream(new int[] {0, 2, 2}, new int[] {0, 2, 2}, 0);
    assertThat(Track.play(stream, new Parrot()).refused()).isEqualTo(2);
  }

  @Test
  void shouldTakeLogLossOverLabelsThatWereKnown() {
    // Given: the label of event 2 is new, so its probability could be nothing but 0
    LabelStream stream = Sets.stream(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 1}, 0);
    Track track =
        new Track(
            stream,
            List.of(
                new Reply(LabelStream.NONE, Double.NaN, Double.NaN, 1),
                new Reply(0, 0.5, 0.5, 1),
                new Reply(0, 0, 1, 1),
                new Reply(0, 0, 0.75, 1)),
            0);

    // Then
    double least = Track.MIN_PROBABILITY;
    assertThat(track.logLoss().orElseThrow())
        .isEqualTo(-(Math.log(0.5) + Math.log(least)) / 2, within(EXACT));
    assertThat(track.calibrationError().orElseThrow())
        .isEqualTo((0.5 + 1 + 0.75) / 3, within(FLOAT));
  }

  @Test
  void shouldHaveNoFiguresOfProbabilitiesWithoutThem() {
    LabelStream stream = Sets.stream(new int[] {0, 0}, new int[] {0, 0}, 0);
    Reply bare = new Reply(0, Double.NaN, Double.NaN, Double.NaN);
    Track track = new Track(stream, List.of(bare, bare), 0);
    assertThat(track.accuracy()).isEqualTo(1);
    assertThat(track.logLoss()).isEmpty();
    assertThat(track.calibrationError()).isEmpty();
    assertThat(track.millis()).isEmpty();
  }

  @Test
  void shouldDrawAccuracyAgainstTheNumberOfLabels() {
    // Given: right from the middle on
    int size = 2 * Track.POINTS;
    LabelStream stream = Sets.stream(new int[size], new int[size], 0);
    List<Reply> replies = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      replies.add(new Reply(e < size / 2 ? 1 : 0, 0, 1, 0));
    }

    // Then
    double[] curve = new Track(stream, replies, 0).curve();
    assertThat(curve).hasSize(Track.POINTS);
    assertThat(curve[Track.POINTS / 2 - 1]).isZero();
    assertThat(curve[Track.POINTS / 2]).isEqualTo(1);
  }

  @Test
  void shouldHaveOneReplyForEachText() {
    LabelStream stream = Sets.stream(new int[] {0, 0}, new int[] {0, 0}, 0);
    assertThatThrownBy(() -> new Track(stream, List.of(), 0))
        .hasMessage("replies: expected 2, found 0");
  }
}
