package dev.hyperflow.training.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Fine-tunes a pretrained encoder and a linear head for one task after another. It is full-batch
 * Adam on the mean cross-entropy of the examples, each task from the pretrained weights. For use by
 * one thread.
 */
final class FineTuning {

  private final MiniLm pretrained;
  private final TokenReader tokens;

  FineTuning(MiniLm pretrained, TokenReader tokens) {
    this.pretrained = pretrained;
    this.tokens = tokens;
  }

  /**
   * What so many steps gave.
   *
   * @param accuracy share of queries that get their label; NaN without queries
   * @param seconds of processor time from token ids to the fitted head, without answering queries
   * @param operations floating-point operations, see {@link TuningMode#stepOperations}
   */
  record Point(int steps, double accuracy, double seconds, double operations) {}

  /**
   * Fits a task.
   *
   * @param steps after how many steps to look, ascending
   * @param progress told the number of steps done, after each
   * @return a point for each entry of {@code steps}
   */
  List<Point> run(
      TextTask task, TuningMode mode, Rates rates, List<Integer> steps, IntConsumer progress) {
    List<long[]> examples = tokens.read(TextTask.texts(task.examples()));
    List<long[]> queries = tokens.read(TextTask.texts(task.queries()));
    int[] labels = task.examples().stream().mapToInt(TextTask.Labelled::label).toArray();
    List<Point> points = new ArrayList<>();
    long start = ProcessorTime.nanos();
    try (TunedClassifier classifier =
        new TunedClassifier(pretrained, mode, examples, labels, task.ways())) {
      double forward = classifier.forwardOperations();
      int hidden = pretrained.shape().hidden();
      double each = mode.stepOperations(forward, examples.size(), hidden, task.ways());
      ScopedAdam adam = classifier.optimiser(rates.encoder(), rates.head());
      long nanos = ProcessorTime.nanos() - start;
      int step = 0;
      for (int end : steps) {
        for (; step < end; step++) {
          start = ProcessorTime.nanos();
          classifier.backward();
          adam.step();
          nanos += ProcessorTime.nanos() - start;
          progress.accept(step + 1);
        }
        double accuracy = accuracy(classifier.classify(queries), task.queries());
        double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
        points.add(new Point(end, accuracy, seconds, forward + end * each));
      }
    }
    return points;
  }

  /** Share of texts that get their label. */
  static double accuracy(int[] chosen, List<TextTask.Labelled> truth) {
    int right = 0;
    for (int q = 0; q < chosen.length; q++) {
      right += chosen[q] == truth.get(q).label() ? 1 : 0;
    }
    return (double) right / chosen.length;
  }
}
