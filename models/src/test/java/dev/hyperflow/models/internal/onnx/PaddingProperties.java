package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.TestBundles;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Padding a task into a larger bucket of its range does not change a bit of its head. */
class PaddingProperties {

  private static final Bundle BUNDLE = TestBundles.SHIPPED;

  private static final int[] RANGE_ENDS = {32, 64, 200};

  @Property(tries = 25)
  void shouldNotChangeABit(@ForAll @LongRange(max = Integer.MAX_VALUE) long seed) {
    // Given
    Random random = new Random(seed);
    int labels = 1 + random.nextInt(random.nextInt(3) == 0 ? 90 : 30);
    int examples = labels + random.nextInt(60);
    SupportSet task = Fixtures.supportSet(random, 384, labels, examples);
    Buckets buckets = BUNDLE.manifest().buckets();
    TaskShape own = TaskShape.of(task, buckets);
    OnnxHeadIntegrator integrator = (OnnxHeadIntegrator) BUNDLE.integrator();
    Integration expected = integrator.run(List.of(task), own).get(0);

    // When padded further, both axes within their range
    for (int end : RANGE_ENDS) {
      if (labels <= end) {
        TaskShape wider = new TaskShape(384, end, own.examples());
        assertThat(integrator.run(List.of(task), wider).get(0)).as("%s", wider).isEqualTo(expected);
        break;
      }
    }
    TaskShape longer = new TaskShape(384, own.labels(), longer(own.examples()));
    assertThat(integrator.run(List.of(task), longer).get(0)).as("%s", longer).isEqualTo(expected);
  }

  /**
   * The analytic drift works on blocks of 32 examples and promises exactness up to the end of the
   * block, and beyond 64 examples for any padding that keeps its dual form (up to 384 here).
   */
  private static int longer(int examples) {
    return examples > 64 ? examples + 96 : (examples + 31) / 32 * 32;
  }
}
