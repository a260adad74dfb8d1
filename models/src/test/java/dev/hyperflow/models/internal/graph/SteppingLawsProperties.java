package dev.hyperflow.models.internal.graph;

import static dev.hyperflow.models.internal.graph.BitwiseLawsProperties.between;
import static dev.hyperflow.models.internal.graph.BitwiseLawsProperties.shouldBeEqual;
import static dev.hyperflow.models.internal.graph.BitwiseLawsProperties.shouldBeTheSameAlone;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The bitwise laws hold for every way to step. jqwik prints failing seeds. */
class SteppingLawsProperties {

  private static final int FEATURES = 40;
  private static final int TRIES = 40;
  private static final AnalyticFlow FLOW = AnalyticFlow.standard();
  private static final IntegrationPlan SETTLING_PLAN =
      new IntegrationPlan(12, 30f, 2f, InitialBias.ZERO);

  private static final Map<Steppings, OnnxSession> ANALYTIC = new EnumMap<>(Steppings.class);
  private static final Map<Steppings, OnnxSession> SETTLING = new EnumMap<>(Steppings.class);

  private static OnnxSession analytic(Steppings steps) {
    return ANALYTIC.computeIfAbsent(
        steps,
        s ->
            new OnnxSession(
                IntegrateGraph.build(
                    AnalyticDrift.emit(FLOW), FLOW.plan().withStepping(s.stepping()))));
  }

  private static OnnxSession settling(Steppings steps) {
    return SETTLING.computeIfAbsent(
        steps,
        s ->
            new OnnxSession(
                IntegrateGraph.build(
                    DriftNetworks.SETTLING.emit(), SETTLING_PLAN.withStepping(s.stepping()))));
  }

  @Property(tries = TRIES)
  void shouldNotDependOnPadding(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed, @ForAll Steppings steps) {
    // Given tasks with room in the ranges of both axes
    Random random = new Random(seed);
    int labels = between(random, 2, 32);
    int examples = between(random, labels, 32);
    TaskBatch tight = TaskBatch.full(random, 2, examples, labels, FEATURES);
    TaskBatch wide = tight.padded(between(random, examples, 32), between(random, labels, 32));

    // Then
    shouldBeEqual(analytic(steps), tight, wide);
    shouldBeEqual(settling(steps), tight, wide);
  }

  @Property(tries = TRIES)
  void shouldNotDependOnBatchNeighbours(
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long seed, @ForAll Steppings steps) {
    // Given tasks that rest at different points, and take steps of their own
    Random random = new Random(seed);
    int labels = between(random, 2, 40);
    TaskBatch batch =
        TaskBatch.ragged(random, between(random, 2, 17), between(random, 1, 90), labels, FEATURES);

    // Then
    shouldBeTheSameAlone(analytic(steps), batch, random.nextInt(batch.tasks));
    shouldBeTheSameAlone(settling(steps), batch, random.nextInt(batch.tasks));
  }
}
