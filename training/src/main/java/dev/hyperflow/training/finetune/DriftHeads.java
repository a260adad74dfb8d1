package dev.hyperflow.training.finetune;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.Arrays;
import java.util.List;

/** Answers tasks with heads that a bundle integrates, and takes their time. */
final class DriftHeads {

  /*
   * A head takes milliseconds, so it is made often, as the count of
   * processor time moves in steps of 10 ms; encoding is repeated less.
   */
  private static final int HEADS = 200;
  private static final int ENCODINGS = 5;

  private final Bundle bundle;
  private final Encoder encoder;

  /**
   * Heads of a bundle.
   *
   * @param encoder what makes its features
   */
  DriftHeads(Bundle bundle, Encoder encoder) {
    this.bundle = bundle;
    this.encoder = encoder;
  }

  /**
   * What a head gave.
   *
   * @param accuracy share of queries that get their label
   * @param headSeconds of processor time from features of the examples to the head
   * @param encodingSeconds likewise from the examples' texts to their features
   * @param headOperations floating-point operations, see {@link #operations}
   */
  record Outcome(
      double accuracy, double headSeconds, double encodingSeconds, double headOperations) {}

  /** Adapts to a task and answers its queries. */
  Outcome run(TextTask task) {
    List<String> examples = TextTask.texts(task.examples());
    SupportSet set = supportSet(task);
    Head head = integrate(set);
    float[][] queries = encoder.encode(TextTask.texts(task.queries()));
    int[] chosen = Arrays.stream(queries).mapToInt(head::argmax).toArray();
    return new Outcome(
        FineTuning.accuracy(chosen, task.queries()),
        seconds(HEADS, () -> integrate(set)),
        seconds(ENCODINGS, () -> encoder.encode(examples)),
        operations(
            task.ways(), task.examples().size(), encoder.dimension(), bundle.manifest().steps()));
  }

  SupportSet supportSet(TextTask task) {
    float[][] features = encoder.encode(TextTask.texts(task.examples()));
    SupportSet.Builder set = SupportSet.builder(encoder.dimension(), task.ways());
    for (int m = 0; m < features.length; m++) {
      set.add(task.examples().get(m).label(), 1f, features[m]);
    }
    return set.build();
  }

  Head integrate(SupportSet set) {
    return bundle.integrator().integrate(List.of(set)).get(0).adapted();
  }

  /**
   * Floating-point operations of a head, a multiplication and an addition being two. With M
   * examples, D features, N labels, K steps and S the smaller of M and D: 4SMD for products with
   * the examples, 2S³ for an inverse, and in each step two thin products, 4M(D + 1)N. That is the
   * analytic flow; a trained one adds layers on single labels, which are smaller.
   */
  static double operations(int ways, int examples, int dimension, int steps) {
    double smaller = Math.min(examples, dimension);
    double solver = 4 * smaller * examples * dimension + 2 * Math.pow(smaller, 3);
    return solver + 4.0 * steps * examples * (dimension + 1) * ways;
  }

  /** Mean processor time of so many calls, after as many to warm up. */
  private static double seconds(int calls, Runnable work) {
    long start = 0;
    for (int i = -calls; i < calls; i++) {
      if (i == 0) {
        start = ProcessorTime.nanos();
      }
      work.run();
    }
    return ProcessorTime.secondsSince(start) / calls;
  }
}
