package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskShapeTest {

  private static final Buckets BUCKETS = new Buckets(List.of(4, 8), List.of(8, 12), List.of(1));

  @ParameterizedTest
  @CsvSource({"1, 1, 4, 8", "4, 8, 4, 8", "5, 8, 8, 8", "4, 9, 4, 12", "8, 12, 8, 12"})
  void shouldRoundUpToTheBucketsOfTheTaskAlone(int labels, int examples, int n, int m) {
    assertThat(TaskShape.of(task(labels, examples), BUCKETS)).isEqualTo(new TaskShape(5, n, m));
  }

  @Test
  void shouldRefuseWhatNoBucketHolds() {
    SupportSet wide = task(9, 9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskShape.of(wide, BUCKETS))
        .withMessage("labels: expected at most 8, found 9");
    SupportSet long13 = task(2, 13);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskShape.of(long13, BUCKETS))
        .withMessage("examples: expected at most 12, found 13");
  }

  private static SupportSet task(int labels, int examples) {
    return Fixtures.supportSet(new Random(1), 5, labels, examples);
  }
}
