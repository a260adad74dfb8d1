package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.network.NetworkLayout;
import dev.hyperflow.training.network.SupportTensors;
import dev.hyperflow.training.tensor.DjlTensors;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HeadTuningTest {

  private static final int SEGMENTS = 6;
  private static final Offset<Float> TOLERANCE = within(1e-4f);

  private final EpisodeBatch batch =
      new EpisodeBatch(
          new EpisodeSource(
                  List.of(SyntheticSets.of("a", 6, 20, 1)),
                  new EpisodeRange(4, 6, 4, 8, 60, 0, 0, 4),
                  3,
                  1,
                  Optional.empty())
              .batch(0));

  @Test
  void shouldLowerThePenalisedLossOfTheSupportSet() {
    try (NDManager manager = PyTorch.manager()) {
      // Given
      DjlTensors t = new DjlTensors(manager, NetworkLayout.initial(1), false);
      SupportTensors<NDArray> support = batch.support(t);
      HeadTuning tuning = HeadTuning.record(t, support, SEGMENTS);

      // Then
      float first = loss(t, support, tuning.at(Objective.IMITATE_PIECEWISE, 0, 0).head());
      float middle = loss(t, support, tuning.at(Objective.IMITATE_PIECEWISE, 3, 0).head());
      float last = loss(t, support, tuning.at(Objective.IMITATE_PIECEWISE, 5, 1).head());
      assertThat(middle).isLessThan(first);
      assertThat(last).isLessThan(middle);
    }
  }

  @Test
  void shouldPassThroughTheRecordedHeadsHoweverItGoesBetweenThem() {
    try (NDManager manager = PyTorch.manager()) {
      // Given
      DjlTensors t = new DjlTensors(manager, NetworkLayout.initial(1), false);
      HeadTuning tuning = HeadTuning.record(t, batch.support(t), SEGMENTS);

      // Then all start and end at the same heads
      float[] start = tuning.at(Objective.IMITATE_PIECEWISE, 0, 0).head().toFloatArray();
      float[] end = tuning.at(Objective.IMITATE_PIECEWISE, SEGMENTS - 1, 1).head().toFloatArray();
      for (Objective way : List.of(Objective.IMITATE_LINEAR, Objective.IMITATE_CUBIC)) {
        assertThat(tuning.at(way, 0, 0).head().toFloatArray()).containsExactly(start, TOLERANCE);
        assertThat(tuning.at(way, SEGMENTS - 1, 1).head().toFloatArray())
            .containsExactly(end, TOLERANCE);
      }
      // And the curve passes through the heads between, without a kink
      for (int point = 1; point < SEGMENTS; point++) {
        HeadTuning.Motion before = tuning.at(Objective.IMITATE_CUBIC, point - 1, 1);
        HeadTuning.Motion after = tuning.at(Objective.IMITATE_CUBIC, point, 0);
        assertThat(before.head().toFloatArray())
            .containsExactly(
                tuning.at(Objective.IMITATE_PIECEWISE, point, 0).head().toFloatArray(), TOLERANCE);
        assertThat(before.velocity().toFloatArray())
            .containsExactly(after.velocity().toFloatArray(), TOLERANCE);
      }
    }
  }

  private static float loss(DjlTensors t, SupportTensors<NDArray> support, NDArray head) {
    NDArray logits = support.ones().matMul(t.transpose(head));
    NDArray open = t.where(support.labelColumns(), logits, t.scalar(-1e30f));
    NDArray fit = open.logSoftmax(-1).mul(support.membership()).sum().neg();
    NDArray penalty = t.withoutLast(head, 2).square().sum().div(2);
    return fit.add(penalty).getFloat();
  }
}
