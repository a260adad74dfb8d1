package dev.hyperflow.training.stream;

import dev.hyperflow.training.report.Reliability;
import java.util.List;
import java.util.OptionalDouble;

/** What one method did on one stream. Immutable. */
final class Track {

  /** Points of {@link #curve}. */
  static final int POINTS = 20;

  /** A smaller probability of the true label counts as this one. */
  static final double MIN_PROBABILITY = 0.001;

  private static final int THIRDS = 3;

  private final LabelStream stream;
  private final List<Reply> replies;
  private final int refused;

  /**
   * A track.
   *
   * @param replies one for each text of the stream
   * @param refused questions and labels that the method refused
   */
  Track(LabelStream stream, List<Reply> replies, int refused) {
    if (replies.size() != stream.size()) {
      throw new IllegalArgumentException(
          "replies: expected %d, found %d".formatted(stream.size(), replies.size()));
    }
    this.stream = stream;
    this.replies = List.copyOf(replies);
    this.refused = refused;
  }

  /** Asks a learner each text of a stream and has it learn each label that arrives. */
  static Track play(LabelStream stream, Learner learner) {
    Reply[] replies = new Reply[stream.size()];
    int refused = 0;
    boolean learned = false;
    for (int e = 0; e < replies.length; e++) {
      long begun = System.nanoTime();
      float[] probabilities = learner.ask(stream.features(e));
      int due = stream.learnedAfter(e);
      boolean accepted =
          due == LabelStream.NONE || learner.learn(stream.features(due), stream.given(due));
      double millis = (System.nanoTime() - begun) / 1e6;
      replies[e] = Reply.of(probabilities, stream.truth(e), millis);
      refused += (accepted ? 0 : 1) + (learned && replies[e].label() == LabelStream.NONE ? 1 : 0);
      learned |= accepted && due != LabelStream.NONE;
    }
    return new Track(stream, List.of(replies), refused);
  }

  List<Reply> replies() {
    return replies;
  }

  int refused() {
    return refused;
  }

  /** Share of right answers, 0 to 1. No answer is a wrong one. */
  double accuracy() {
    return accuracy(0);
  }

  /** The same of the last third of the stream. */
  double accuracyOfLastThird() {
    return accuracy(replies.size() - (replies.size() + THIRDS - 1) / THIRDS);
  }

  private double accuracy(int from) {
    int right = 0;
    for (int e = from; e < replies.size(); e++) {
      right += isRight(e) ? 1 : 0;
    }
    return (double) right / (replies.size() - from);
  }

  private boolean isRight(int event) {
    return replies.get(event).label() == stream.truth(event);
  }

  /**
   * Mean of −ln of the true label's probability, over the questions whose label had arrived before;
   * empty without probabilities.
   */
  OptionalDouble logLoss() {
    boolean[] known = stream.known();
    double sum = 0;
    int count = 0;
    for (int e = 0; e < known.length; e++) {
      double ofTruth = replies.get(e).ofTruth();
      if (known[e] && !Double.isNaN(ofTruth)) {
        sum -= Math.log(Math.max(MIN_PROBABILITY, ofTruth));
        count++;
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  /** Expected calibration error of all answers, 0 to 1; empty without probabilities. */
  OptionalDouble calibrationError() {
    Reliability reliability = new Reliability();
    for (int e = 0; e < replies.size(); e++) {
      if (!Double.isNaN(replies.get(e).confidence())) {
        reliability.add(replies.get(e).confidence(), isRight(e), 1);
      }
    }
    return reliability.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(reliability.expectedCalibrationError());
  }

  /** Mean milliseconds of a question and of the label that arrived after it. */
  OptionalDouble millis() {
    return replies.stream()
        .mapToDouble(Reply::millis)
        .filter(millis -> !Double.isNaN(millis))
        .average();
  }

  /**
   * Accuracy against the number of labels that had arrived: stretches of equally many labels.
   *
   * @return {@link #POINTS} shares of right answers, NaN for a stretch without a question
   */
  double[] curve() {
    int[] received = stream.received();
    double most = received[received.length - 1] + 1.0;
    int[] right = new int[POINTS];
    int[] asked = new int[POINTS];
    for (int e = 0; e < received.length; e++) {
      int point = (int) (received[e] / most * POINTS);
      asked[point]++;
      right[point] += isRight(e) ? 1 : 0;
    }
    double[] curve = new double[POINTS];
    for (int point = 0; point < POINTS; point++) {
      curve[point] = asked[point] == 0 ? Double.NaN : (double) right[point] / asked[point];
    }
    return curve;
  }
}
