package dev.hyperflow.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final int DIMENSION = 64;
  private static final BundleFiles ANALYTIC = BundleFiles.read(ShippedBundles.ANALYTIC);

  @Test
  void shouldCountAtLeastWhatTheStepsMultiply() {
    // Given 30 examples of 4 labels, which no bucket pads by more than a tenth
    Operations counted = Operations.of(ANALYTIC, task(4, 30));

    // Then a step has the logits of the examples, and their errors times the examples
    double step = 2 * 2.0 * 30 * 4 * DIMENSION;
    int steps = ANALYTIC.manifest().steps();
    assertThat(counted.products()).isGreaterThan(steps * step).isLessThan(10 * steps * step);
    assertThat(counted.bytes()).isGreaterThan(steps * 30.0 * DIMENSION * Float.BYTES);
  }

  @Test
  void shouldCountTheSameInEachRunAndMoreForMoreExamples() {
    Operations once = Operations.of(ANALYTIC, task(4, 30));

    assertThat(Operations.of(ANALYTIC, task(4, 30))).isEqualTo(once);
    assertThat(Operations.of(ANALYTIC, task(4, 120)).products()).isGreaterThan(once.products());
  }

  private static SupportSet task(int labels, int examples) {
    Vectors vectors = new Vectors(DIMENSION, 1);
    SupportSet.Builder builder = SupportSet.builder(DIMENSION, labels);
    for (int i = 0; i < examples; i++) {
      builder.add(i % labels, 1f, vectors.get(i));
    }
    return builder.build();
  }
}
