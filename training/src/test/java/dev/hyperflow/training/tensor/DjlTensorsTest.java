package dev.hyperflow.training.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the PyTorch back end computes. The network's tests hold the ONNX back end to it. */
class DjlTensorsTest {

  private static final float TOLERANCE = 1e-5f;

  private final NDManager manager = PyTorch.manager();
  private final DjlTensors t = new DjlTensors(manager, new Weights(), true);

  /** One matrix, [[1, 2], [3, 4]]. */
  private static final class Weights implements ParameterSource {
    @Override
    public float[] values(String name) {
      return new float[] {1, 2, 3, 4};
    }

    @Override
    public int rows(String name) {
      return 2;
    }

    @Override
    public int columns(String name) {
      return 2;
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldSolveTheSameWhicheverSideIsSmaller() {
    // Given two examples of one feature, and one example of two features
    NDArray curvature = t.array(new float[] {2}, 1, 1, 1);
    NDArray ridge = t.array(new float[] {3}, 1, 1, 1);

    // When
    NDArray each = t.array(new float[] {1, 0, 0, 1}, 1, 2, 2);
    NDArray one = t.array(new float[] {1}, 1, 1, 1);
    NDArray tall = t.ridge(t.array(new float[] {1, 2}, 1, 2, 1), curvature, ridge).times(each);
    NDArray wide = t.ridge(t.array(new float[] {1, 2}, 1, 1, 2), curvature, ridge).times(one);

    // Then: both are U / (2 · 5 + 3)
    float[] expected = {1 / 13f, 2 / 13f};
    assertThat(tall.toFloatArray()).containsExactly(expected, within(TOLERANCE));
    assertThat(wide.toFloatArray()).containsExactly(expected, within(TOLERANCE));
  }

  @Test
  void shouldInvertWithARidge() {
    NDArray inverse =
        t.inverse(t.array(new float[] {1, 2, 2, 4}, 1, 2, 2), t.array(new float[] {1}, 1, 1, 1));

    assertThat(inverse.toFloatArray())
        .containsExactly(new float[] {5 / 6f, -2 / 6f, -2 / 6f, 2 / 6f}, within(TOLERANCE));
    assertThat(t.diagonal(inverse).toFloatArray())
        .containsExactly(new float[] {5 / 6f, 2 / 6f}, within(TOLERANCE));
  }

  @Test
  void shouldTakePartsAlongAnAxis() {
    NDArray a = t.array(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    assertThat(t.last(a, 2).toFloatArray()).containsExactly(3, 6);
    assertThat(t.withoutLast(a, 2).toFloatArray()).containsExactly(1, 2, 4, 5);
    assertThat(t.slice(a, 1, 0, 1).toFloatArray()).containsExactly(1, 2, 3);
    assertThat(t.sum(a, 1).toFloatArray()).containsExactly(5, 7, 9);
    assertThat(t.largest(a, 2).toFloatArray()).containsExactly(3, 6);
  }

  @Test
  void shouldLetNothingThroughThatWasNotChosen() {
    NDArray values = t.array(new float[] {Float.NaN, 2}, 1, 2, 1);
    NDArray chosen = t.greater(t.array(new float[] {0, 1}, 1, 2, 1), t.scalar(0f));
    assertThat(t.where(chosen, values, t.scalar(7f)).toFloatArray()).containsExactly(7, 2);
  }

  @Test
  void shouldGiveGradientsOfParametersButNotThroughWhatIsDetached() {
    try (GradientCollector recording = PyTorch.recording()) {
      // Given w · detached(w), summed
      NDArray w = t.parameter("w");

      // When
      recording.backward(t.mul(w, t.detached(w)).sum());

      // Then only the first factor counts
      assertThat(t.parametersUsed()).containsOnlyKeys("w");
      assertThat(w.getGradient().toFloatArray()).containsExactly(1, 2, 3, 4);
    }
  }
}
