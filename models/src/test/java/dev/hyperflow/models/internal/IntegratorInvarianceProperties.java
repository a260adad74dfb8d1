package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** A head is a function of its support set and of the bundle, to the last bit. */
class IntegratorInvarianceProperties {

  private static final int DIMENSION = 48;
  private static final int MIXED_DIMENSION = 24;

  private final HeadIntegrator integrator = TestBundles.SHIPPED.integrator();

  /** jqwik prints the seed of a failing run. */
  @Property(tries = 15)
  void shouldNotDependOnNeighbours(@ForAll @LongRange(max = Integer.MAX_VALUE) long seed) {
    // Given tasks of a few shapes, several of each, in two orders
    Random random = new Random(seed);
    List<SupportSet> tasks = new ArrayList<>();
    for (int shape = 0; shape < 3; shape++) {
      int labels = 1 + random.nextInt(random.nextInt(4) == 0 ? 100 : 20);
      int examples = labels + random.nextInt(60);
      for (int i = 0, count = 1 + random.nextInt(7); i < count; i++) {
        tasks.add(Fixtures.supportSet(random, DIMENSION, labels, examples));
      }
    }
    List<SupportSet> shuffled = new ArrayList<>(tasks);
    Collections.shuffle(shuffled, random);

    // When
    List<Integration> together = integrator.integrate(tasks);
    List<Integration> inOtherOrder = integrator.integrate(shuffled);

    // Then every task has the bits it has alone
    for (int i = 0; i < tasks.size(); i++) {
      Integration alone = integrator.integrate(List.of(tasks.get(i))).get(0);
      assertThat(together.get(i)).isEqualTo(alone);
      assertThat(inOtherOrder.get(shuffled.indexOf(tasks.get(i)))).isEqualTo(alone);
      assertThat(alone.adapted().labels()).isEqualTo(tasks.get(i).labels());
    }
  }

  /** Label counts on both sides of the ranges in which kernels keep their order of summation. */
  @Property(tries = 3)
  void shouldIntegrateManyMixedTasksInOneCall(
      @ForAll @LongRange(max = Integer.MAX_VALUE) long seed) {
    // Given
    int[] labels = {1, 2, 5, 20, 31, 32, 33, 64, 65, 150};
    Random random = new Random(seed);
    List<SupportSet> tasks = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      int n = labels[random.nextInt(labels.length)];
      tasks.add(Fixtures.supportSet(random, MIXED_DIMENSION, n, n + random.nextInt(100)));
    }

    // When
    List<Integration> together = integrator.integrate(tasks);

    // Then
    assertThat(together).hasSize(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      assertThat(together.get(i))
          .as("%s", tasks.get(i))
          .isEqualTo(integrator.integrate(List.of(tasks.get(i))).get(0));
    }
  }
}
