package dev.hyperflow.topology.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.topology.internal.metrics.FakeModels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rollout with one model for good, as library users have it. */
class FixedRolloutTest {
  private final AdaptationModel model = FakeModels.model();
  private final BundleRollout rollout = BundleRollout.fixed(model);

  @Test
  void shouldServeItsModelAndNeverChange() {
    assertThat(rollout.changes()).isFalse();
    assertThat(rollout.servingId()).isEqualTo(model.bundleId());
    assertThat(rollout.join("0_0").model()).isSameAs(model);
    assertThat(rollout.progress())
        .isEqualTo(new RolloutProgress(model.bundleId(), Optional.empty(), false, true, 0, 0));
  }

  @Test
  void shouldOwnNoBundle() {
    assertThat(rollout.openBundles()).isZero();
    assertThat(rollout.deviceState()).isEmpty();
    rollout.close(); // closes nothing of the caller's
  }

  @Test
  void shouldLeaseItsModelForTasksHereAndElsewhere() {
    rollout.join("0_0");
    try (ModelLease here = rollout.lease("0_0", "t");
        ModelLease elsewhere = rollout.lease("0_9", "t")) {
      assertThat(here.model()).isSameAs(model);
      assertThat(elsewhere.model()).isSameAs(model);
      assertThat(here.manifest()).isEmpty();
    }
  }

  @Test
  void shouldRefuseEveryOtherBundle() {
    BundleReference other = BundleReference.at("elsewhere");

    assertThatThrownBy(() -> rollout.promoteShadow(other))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("expected it in shadow, found none there");
  }

  @Test
  void shouldKeepTheNewTaskOfAnIdWhenTheOldOneLeavesLate() {
    RolloutTask crashed = rollout.join("0_0");
    RolloutTask next = rollout.join("0_0");
    crashed.close();

    assertThat(rollout.settle()).isFalse(); // the new one has not followed the plan yet
    next.close();
    assertThat(rollout.settle()).isTrue();
  }
}
