package dev.hyperflow.models.internal.graph;

import static dev.hyperflow.models.internal.graph.BitwiseLawsProperties.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import dev.hyperflow.models.internal.reference.BlockShare;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Two blocks are mixed as the plain Java of {@link BlockShare} says, under the laws of one block.
 */
class BlockScaleProperties {

  private static final int FEATURES = 80;
  private static final int INNER = 30;
  private static final int TRIES = 25;
  private static final int[] SUPPORT_RANGES = {0, 32, 64, 400};
  private static final int[] LABEL_RANGES = {0, 32, 64, 200};

  private static final Blocks BLOCKS = Blocks.standard(INNER);
  private static final AnalyticFlow FLOW = AnalyticFlow.standard();
  private static final byte[] DRIFT = AnalyticDrift.emit(FLOW);
  private static final OnnxSession MIXED = session(Optional.of(BLOCKS));
  private static final OnnxSession ONE_BLOCK = session(Optional.empty());

  private static OnnxSession session(Optional<Blocks> blocks) {
    IntegrationPlan plan = FLOW.plan();
    return new OnnxSession(
        IntegrateGraph.build(
            DRIFT,
            new IntegrationPlan(
                plan.steps(), plan.horizon(), plan.initialScale(), plan.initialBias(), blocks)));
  }

  @Property(tries = TRIES)
  void shouldMixAsTheReference(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 300) int examples) {
    // Given
    Random random = new Random(seed);
    TaskBatch task =
        TaskBatch.full(random, 1, examples, 1 + random.nextInt(Math.min(examples, 40)), FEATURES)
            .inner(INNER);
    SupportSet set = task.supportSet(0);
    float[] scale = BlockShare.scale(Optional.of(BLOCKS), set);

    // When the same features are scaled beforehand
    TaskBatch scaled = TaskBatch.of(scaled(set, scale));
    Map<String, Values> expected = ONE_BLOCK.run(scaled.inputs());
    Map<String, Values> found = MIXED.run(task.inputs());

    // Then
    for (String head : new String[] {"initial_head", "head"}) {
      float[] weights = found.get(head).data;
      for (int i = 0; i < weights.length; i++) {
        int column = i % (FEATURES + 1);
        float factor = column == FEATURES ? 1f : scale[column];
        assertThat(weights[i]).isCloseTo(expected.get(head).data[i] * factor, within(2e-3f));
      }
    }
  }

  @Property(tries = TRIES)
  void shouldNotDependOnThePaddingOfTheSupportAxis(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 3) int range) {
    Random random = new Random(seed);
    int examples = between(random, SUPPORT_RANGES[range - 1] + 1, SUPPORT_RANGES[range]);
    int padded = between(random, examples, SUPPORT_RANGES[range]);
    int labels = between(random, 1, Math.max(1, examples / 2));
    TaskBatch task = TaskBatch.full(random, 2, examples, labels, FEATURES).inner(INNER);
    BitwiseLawsProperties.shouldBeEqual(MIXED, task, task.padded(padded, labels));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnThePaddingOfTheLabelAxis(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed,
      @ForAll @IntRange(min = 1, max = 3) int range) {
    Random random = new Random(seed);
    int labels = between(random, LABEL_RANGES[range - 1] + 1, LABEL_RANGES[range]);
    int padded = between(random, labels, LABEL_RANGES[range]);
    TaskBatch task =
        TaskBatch.full(random, 2, labels + random.nextInt(90), labels, FEATURES).inner(INNER);
    BitwiseLawsProperties.shouldBeEqual(MIXED, task, task.padded(task.examples, padded));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnBatchNeighbours(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    Random random = new Random(seed);
    TaskBatch batch =
        TaskBatch.ragged(
                random,
                between(random, 2, 9),
                between(random, 1, 200),
                between(random, 2, 100),
                FEATURES)
            .inner(INNER);
    BitwiseLawsProperties.shouldBeTheSameAlone(MIXED, batch, random.nextInt(batch.tasks));
  }

  @Property(tries = TRIES)
  void shouldLeaveFeaturesOfOneBlockAlone(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed) {
    Random random = new Random(seed);
    TaskBatch batch = TaskBatch.full(random, 2, 70, 5, FEATURES);
    Map<String, Values> expected = ONE_BLOCK.run(batch.inputs());
    Map<String, Values> found = MIXED.run(batch.inner(0).inputs());
    for (String output : expected.keySet()) {
      assertThat(found.get(output).data).as(output).isEqualTo(expected.get(output).data);
    }
  }

  @Example
  void shouldIgnoreTheInnerBlockWhereNothingCanBeLeftOut() {
    TaskBatch task = TaskBatch.full(new Random(7), 1, 9, 9, FEATURES).inner(INNER);
    float[] head = MIXED.run(task.inputs()).get("head").data;
    for (int label = 0; label < task.labels; label++) {
      for (int d = FEATURES - INNER; d < FEATURES; d++) {
        assertThat(head[label * (FEATURES + 1) + d]).isZero();
      }
    }
    assertThat(BlockShare.of(BLOCKS, task.supportSet(0))).isZero();
  }

  @Example
  void shouldPreferTheBlockThatTellsLabelsApart() {
    // Given noise in one block, and the label in the other
    double informative = BlockShare.of(BLOCKS, labelled(FEATURES - INNER, FEATURES));
    double useless = BlockShare.of(BLOCKS, labelled(0, FEATURES - INNER));

    // Then
    assertThat(informative - useless).isGreaterThan(0.1);
  }

  private static SupportSet labelled(int from, int to) {
    Random random = new Random(11);
    SupportSet.Builder set = SupportSet.builder(FEATURES, 2);
    for (int i = 0; i < 120; i++) {
      float[] x = new float[FEATURES];
      for (int d = 0; d < FEATURES; d++) {
        boolean told = d >= from && d < to;
        double mean = told ? (i % 2 == 0 ? 0.06 : -0.06) : 0;
        x[d] = (float) (mean + 0.12 * random.nextGaussian());
      }
      set.add(i % 2, 1f, x);
    }
    return set.build();
  }

  private static SupportSet scaled(SupportSet set, float[] scale) {
    SupportSet.Builder scaled = SupportSet.builder(set.dimension(), set.labels());
    for (int i = 0; i < set.examples(); i++) {
      float[] x = set.features(i);
      for (int d = 0; d < x.length; d++) {
        x[d] *= scale[d];
      }
      scaled.add(set.label(i), set.weight(i), x);
    }
    return scaled.build();
  }
}
