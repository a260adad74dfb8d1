package dev.hyperflow.topology.internal.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.topology.internal.metrics.FakeModels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleReferenceTest {
  private final BundleReference any = BundleReference.at("/bundles/one");

  @Test
  void shouldRefuseNoIdWhenNoneIsAskedFor() {
    assertThat(any.refuses("one@1")).isFalse();
  }

  @Test
  void shouldRefuseEveryIdButTheOneAskedFor() {
    BundleReference one = any.withId("one@1");

    assertThat(one.refuses("one@1")).isFalse();
    assertThat(one.refuses("one@2")).isTrue();
    assertThat(one.location()).isEqualTo(any.location());
  }

  @Test
  void shouldNameTheBundlesThatAPlanUses() {
    AdaptationModel serving = FakeModels.model();
    AdaptationModel shadow =
        new AdaptationModel(
            "shadow", serving.encoder(), serving.dimension(), serving.integrator(), null);

    assertThat(new RolloutPlan(1, serving, Optional.empty()).bundleIds())
        .containsExactly(serving.bundleId());
    assertThat(new RolloutPlan(1, serving, Optional.of(shadow)).bundleIds())
        .containsExactlyInAnyOrder(serving.bundleId(), "shadow");
  }
}
