package dev.hyperflow.training.network;

import static dev.hyperflow.models.internal.graph.BitwiseLawsProperties.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.graph.BitwiseLawsProperties;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.OnnxSession;
import dev.hyperflow.models.internal.graph.TaskBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for the exported network whatever was learned. jqwik prints failing seeds. */
class DriftLawsProperties {

  private static final int FEATURES = 80;
  private static final int COLUMNS = FEATURES + 1;
  private static final int TRIES = 20;
  private static final int STEPS = 6;

  /** Relative to the largest weight: another order of summation, six steps. */
  private static final double TOLERANCE = 2e-4;

  /** Ends of the ranges inside which the label axis may be padded. */
  private static final int[] LABEL_RANGES = {0, 32, 64, 200};

  /** The same for the support axis; the dual form is taken up to 64 examples of 80 features. */
  private static final int[] SUPPORT_RANGES = {0, 32, 64, 400};

  private static final OnnxSession MODEL =
      new OnnxSession(
          IntegrateGraph.build(
              DriftExport.emit(RandomParameters.of(new Random(7))), DriftExport.plan(STEPS)));

  @Property(tries = TRIES)
  void shouldTurnWithTheFeatureSpace(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    // Given a task and the same in turned coordinates
    Random random = new Random(seed);
    TaskBatch task = any(random);
    float[][] rotation = rotation(random);
    TaskBatch turned = task.padded(task.examples, task.labels);
    for (int row = 0; row < task.examples; row++) {
      turn(rotation, task.support, row * FEATURES, turned.support, row * FEATURES);
    }

    // When
    float[] expected = head(task);
    float[] rows = expected.clone();
    for (int label = 0; label < task.labels; label++) {
      turn(rotation, expected, label * COLUMNS, rows, label * COLUMNS);
    }

    // Then
    shouldBeClose(head(turned), rows);
  }

  @Property(tries = TRIES)
  void shouldPermuteItsRowsWithTheLabels(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    // Given
    Random random = new Random(seed);
    TaskBatch task = any(random);
    int[] order = permutation(random, task.labels);
    TaskBatch permuted = rearranged(task, IntUnaryOperator.identity(), n -> order[n]);

    // When
    float[] expected = head(task);
    float[] found = head(permuted);

    // Then
    float[] rows = new float[found.length];
    for (int label = 0; label < task.labels; label++) {
      System.arraycopy(expected, label * COLUMNS, rows, order[label] * COLUMNS, COLUMNS);
    }
    shouldBeClose(found, rows);
  }

  @Property(tries = TRIES)
  void shouldNotSeeTheOrderOfExamples(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    // Given
    Random random = new Random(seed);
    TaskBatch task = any(random);
    int[] order = permutation(random, task.examples);

    // When
    float[] found = head(rearranged(task, m -> order[m], IntUnaryOperator.identity()));

    // Then
    shouldBeClose(found, head(task));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnThePaddingOfTheSupportAxis(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 3) int range) {
    // Given a task and room in its range
    Random random = new Random(seed);
    int examples = between(random, SUPPORT_RANGES[range - 1] + 1, SUPPORT_RANGES[range]);
    int padded = between(random, examples, SUPPORT_RANGES[range]);
    int labels = between(random, 2, Math.max(2, examples / 2));
    TaskBatch task = TaskBatch.full(random, 2, examples, labels, FEATURES);

    // Then
    BitwiseLawsProperties.shouldBeEqual(MODEL, task, task.padded(padded, task.labels));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnThePaddingOfTheLabelAxis(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 3) int range) {
    // Given
    Random random = new Random(seed);
    int labels = between(random, LABEL_RANGES[range - 1] + 1, LABEL_RANGES[range]);
    int padded = between(random, labels, LABEL_RANGES[range]);
    TaskBatch task = TaskBatch.full(random, 2, labels + random.nextInt(90), labels, FEATURES);

    // Then
    BitwiseLawsProperties.shouldBeEqual(MODEL, task, task.padded(task.examples, padded));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnBatchNeighbours(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    // Given
    Random random = new Random(seed);
    int labels = between(random, 2, 100);
    TaskBatch batch =
        TaskBatch.ragged(random, between(random, 2, 17), between(random, 1, 200), labels, FEATURES);

    // Then
    BitwiseLawsProperties.shouldBeTheSameAlone(MODEL, batch, random.nextInt(batch.tasks));
  }

  private static TaskBatch any(Random random) {
    // Of more, a sample is judged, which depends on their order.
    int examples = between(random, 2, 128);
    return TaskBatch.full(
        random, 1, examples, between(random, 2, Math.min(40, examples)), FEATURES);
  }

  private static float[] head(TaskBatch task) {
    return MODEL.run(task.inputs()).get("head").data;
  }

  private static TaskBatch rearranged(
      TaskBatch task, IntUnaryOperator example, IntUnaryOperator label) {
    TaskBatch other = new TaskBatch(1, task.examples, task.labels, FEATURES);
    for (int row = 0; row < task.examples; row++) {
      for (int n = 0; n < task.labels; n++) {
        float weight = task.membership[row * task.labels + n];
        if (weight > 0) {
          float[] x = Arrays.copyOfRange(task.support, row * FEATURES, (row + 1) * FEATURES);
          other.set(0, example.applyAsInt(row), label.applyAsInt(n), weight, x);
        }
      }
    }
    return other;
  }

  private static int[] permutation(Random random, int size) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Orthonormal rows, by Gram and Schmidt. */
  private static float[][] rotation(Random random) {
    double[][] rows = new double[FEATURES][FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      for (int d = 0; d < FEATURES; d++) {
        rows[i][d] = random.nextGaussian();
      }
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int d = 0; d < FEATURES; d++) {
          product += rows[i][d] * rows[j][d];
        }
        for (int d = 0; d < FEATURES; d++) {
          rows[i][d] = j < i ? rows[i][d] - product * rows[j][d] : rows[i][d] / Math.sqrt(product);
        }
      }
    }
    float[][] rotation = new float[FEATURES][FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      for (int d = 0; d < FEATURES; d++) {
        rotation[i][d] = (float) rows[i][d];
      }
    }
    return rotation;
  }

  private static void turn(float[][] rotation, float[] x, int from, float[] into, int to) {
    for (int i = 0; i < FEATURES; i++) {
      double sum = 0;
      for (int d = 0; d < FEATURES; d++) {
        sum += (double) rotation[i][d] * x[from + d];
      }
      into[to + i] = (float) sum;
    }
  }

  private static void shouldBeClose(float[] found, float[] expected) {
    double scale = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) found[i] - expected[i]));
    }
    assertThat(error / scale).isLessThan(TOLERANCE);
  }
}
