package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A head is a function of its support set alone, to the last bit. jqwik prints failing seeds. */
public class BitwiseLawsProperties {

  private static final int FEATURES = 80;
  private static final int TRIES = 25;

  /** Ends of the ranges inside which the label axis may be padded. */
  private static final int[] LABEL_RANGES = {0, 32, 64, 200};

  /** The same for the support axis; the dual form is taken up to 64 examples of 80 features. */
  private static final int[] SUPPORT_RANGES = {0, 32, 64, 400};

  private static final OnnxSession ANALYTIC = open(AnalyticDrift.emit(AnalyticFlow.standard()));
  private static final OnnxSession RESIDUAL = open(DriftNetworks.RESIDUAL.emit());

  private static OnnxSession open(byte[] network) {
    return new OnnxSession(IntegrateGraph.build(network, AnalyticFlow.standard().plan()));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnThePaddingOfTheSupportAxis(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 3) int range) {
    // Given a task and room in its range
    Random random = new Random(seed);
    int examples = between(random, SUPPORT_RANGES[range - 1] + 1, SUPPORT_RANGES[range]);
    int padded = between(random, examples, SUPPORT_RANGES[range]);
    TaskBatch task =
        TaskBatch.full(
            random, 2, examples, between(random, 2, Math.max(2, examples / 2)), FEATURES);

    // Then
    shouldBeEqual(ANALYTIC, task, task.padded(padded, task.labels));
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
    shouldBeEqual(ANALYTIC, task, task.padded(task.examples, padded));
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
    shouldBeTheSameAlone(ANALYTIC, batch, random.nextInt(batch.tasks));
    shouldBeTheSameAlone(RESIDUAL, batch, random.nextInt(batch.tasks));
  }

  /** Compares a task of a batch with the same task on its own. */
  public static void shouldBeTheSameAlone(OnnxSession session, TaskBatch batch, int chosen) {
    Map<String, Values> together = session.run(batch.inputs());
    Map<String, Values> alone = session.run(batch.task(chosen).inputs());
    for (Map.Entry<String, Values> output : alone.entrySet()) {
      int size = output.getValue().data.length;
      float[] slice =
          Arrays.copyOfRange(
              together.get(output.getKey()).data, chosen * size, (chosen + 1) * size);
      assertThat(slice).as(output.getKey()).isEqualTo(output.getValue().data);
    }
  }

  public static int between(Random random, int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** Compares tasks with the same tasks of more padding. */
  public static void shouldBeEqual(OnnxSession session, TaskBatch tight, TaskBatch wide) {
    Map<String, Values> expected = session.run(tight.inputs());
    Map<String, Values> found = session.run(wide.inputs());
    assertThat(found.get("trace").data).isEqualTo(expected.get("trace").data);
    int columns = tight.features + 1;
    for (String output : new String[] {"initial_head", "head"}) {
      for (int task = 0; task < tight.tasks; task++) {
        assertThat(rows(found.get(output).data, task * wide.labels, tight.labels, columns))
            .as(output)
            .isEqualTo(rows(expected.get(output).data, task * tight.labels, tight.labels, columns));
        int padding = wide.labels - tight.labels;
        assertThat(
                rows(found.get(output).data, task * wide.labels + tight.labels, padding, columns))
            .isEqualTo(new float[padding * columns]);
      }
    }
  }

  private static float[] rows(float[] heads, int first, int count, int columns) {
    return Arrays.copyOfRange(heads, first * columns, (first + count) * columns);
  }
}
