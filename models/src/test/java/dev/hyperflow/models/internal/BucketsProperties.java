package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BucketsProperties {

  private final Buckets buckets = Buckets.standard();

  @Property
  void shouldNeverCarryATaskIntoAnotherKernelRange(@ForAll @IntRange(min = 1, max = 200) int n) {
    int bucket = buckets.labelBucket(n);
    assertThat(bucket).isGreaterThanOrEqualTo(n).isLessThanOrEqualTo(200);
    assertThat(bucket <= 32).isEqualTo(n <= 32);
    assertThat(bucket <= 64).isEqualTo(n <= 64);
  }

  @Property
  void shouldWasteAtMostAThirdOfTheSupportAxis(@ForAll @IntRange(min = 9, max = 16_384) int m) {
    assertThat(buckets.supportBucket(m)).isBetween(m, m * 3 / 2);
  }

  @Property
  void shouldCutAnyGroupWithoutRest(
      @ForAll @IntRange(min = 1, max = 3000) int tasks,
      @ForAll @IntRange(min = 1, max = 1100) int doubledTo) {
    int left = tasks;
    int previous = Integer.MAX_VALUE;
    while (left > 0) {
      int size = buckets.batchSize(left, doubledTo);
      assertThat(size)
          .isBetween(1, Math.min(left, previous))
          .isLessThanOrEqualTo(Math.max(64, doubledTo));
      previous = size;
      left -= size;
    }
  }

  @Example
  void shouldDoubleTheLargestBatchAsFarAsAllowed() {
    assertThat(buckets.batchSize(3000, 1)).isEqualTo(64);
    assertThat(buckets.batchSize(3000, 1024)).isEqualTo(1024);
    assertThat(buckets.batchSize(1023, 1024)).isEqualTo(512);
    assertThat(buckets.batchSize(100, 1024)).isEqualTo(64);
    assertThat(buckets.batchSize(63, 1024)).isEqualTo(32);
  }

  @Example
  void shouldRefuseWhatNoBucketHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buckets.labelBucket(201))
        .withMessage("labels: expected at most 200, found 201");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> buckets.supportBucket(16_385))
        .withMessage("examples: expected at most 16384, found 16385");
  }
}
