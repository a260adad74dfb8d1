package dev.hyperflow.training.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.training.peers.LogisticRegression;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnersTest {

  private static final int LABELS = 3;
  private static final double FLOAT = 1e-5;

  /** How far a search from a start may end from one from zeros. */
  private static final double SAME_OPTIMUM = 0.01;

  static Stream<Learner> learners() {
    return Stream.of(
            new ClassMeans(LABELS),
            new NearestNeighbours(LABELS),
            new SoftmaxSgd(LABELS),
            new RefitRegression(1, 10, LABELS),
            new RefitRegression(10, 10, LABELS))
        .map(learner -> new FirstColumns(learner, Sets.DIMENSION));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void shouldKnowNothingThenOneLabelThenMany(Learner learner) {
    assertThat(learner.ask(vector(0))).containsOnly(0f);

    learner.learn(vector(1), 1);
    assertThat(learner.ask(vector(0))).containsExactly(new float[] {0, 1, 0}, within(1e-6f));

    for (int i = 0; i < 20; i++) {
      learner.learn(vector(i % 2), i % 2);
    }
    float[] probabilities = learner.ask(vector(0));
    assertThat(probabilities[0]).isGreaterThan(0.5f);
    assertThat(probabilities[2]).isZero();
    assertThat(probabilities[0] + probabilities[1]).isEqualTo(1, within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void shouldLearnAStream(Learner learner) {
    LabelStream stream = Sets.stream(Arrangement.SHUFFLED, 60, 60, 60);
    assertThat(Track.play(stream, learner).accuracyOfLastThird()).isGreaterThan(0.85);
  }

  @Test
  void shouldLetTheNearestDecideATie() {
    NearestNeighbours neighbours = new NearestNeighbours(LABELS);
    neighbours.learn(new float[] {0.2f, 1}, 0);
    neighbours.learn(new float[] {1, 0}, 2);
    neighbours.learn(new float[] {0.1f, 1}, 1);
    float[] votes = neighbours.ask(new float[] {1, 0.1f});
    assertThat(votes[2]).isGreaterThan(votes[0]).isGreaterThan(votes[1]);
  }

  @Test
  void shouldEndWhereAFitToEverythingEnds() {
    // Given: enough examples that the later fits no longer work in the span of the examples
    Random random = new Random(3);
    int examples = 40;
    float[][] x = new float[examples][Sets.DIMENSION];
    int[] y = new int[examples];
    RefitRegression learner = new RefitRegression(10, 1, LABELS);
    for (int m = 0; m < examples; m++) {
      for (int d = 0; d < Sets.DIMENSION; d++) {
        x[m][d] = (float) random.nextGaussian();
      }
      y[m] = m % LABELS;
      learner.learn(x[m], y[m]);
      learner.ask(x[0]);
    }

    // When
    float[] asked = learner.ask(x[1]);
    float[][] column = new float[Sets.DIMENSION][1];
    for (int d = 0; d < Sets.DIMENSION; d++) {
      column[d][0] = x[1][d];
    }
    float[][] logits = LogisticRegression.fit(10, x, y, LABELS).logits(column);
    float[] expected = Softmax.of(new double[] {logits[0][0], logits[1][0], logits[2][0]});

    // Then
    assertThat(asked).containsExactly(expected, within((float) SAME_OPTIMUM));
  }

  @Test
  void shouldTakeStepsAlongTheGradient() {
    SoftmaxSgd learner = new SoftmaxSgd(2);
    learner.learn(new float[] {1}, 0);
    learner.learn(new float[] {1}, 1);
    // From ½ and ½, the weights move by ±¼.
    float[] probabilities = learner.ask(new float[] {1});
    assertThat((double) probabilities[1]).isEqualTo(1 / (1 + Math.exp(-0.5)), within(FLOAT));
  }

  private static float[] vector(int label) {
    float[] x = new float[Sets.DIMENSION];
    x[label] = 1;
    return x;
  }
}
