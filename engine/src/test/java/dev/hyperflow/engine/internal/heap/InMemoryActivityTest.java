package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.integrate.IntegrationBudget;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import org.junit.jupiter.api.Test;

class InMemoryActivityTest {
  private final InMemoryActivity activity = new InMemoryActivity();

  @Test
  void shouldGiveBackWhatWasKeptOfATenant() {
    activity.putBudget("t", new IntegrationBudget(1, 2));
    activity.putQuality("t", TenantQuality.NONE);

    assertThat(activity.budget("t")).contains(new IntegrationBudget(1, 2));
    assertThat(activity.quality("t")).contains(TenantQuality.NONE);
    assertThat(activity.budget("u")).isEmpty();
    assertThat(activity.quality("u")).isEmpty();
  }

  @Test
  void shouldForgetOneTenantAlone() {
    activity.putBudget("t", new IntegrationBudget(1, 2));
    activity.putQuality("t", TenantQuality.NONE);
    activity.putQuality("u", TenantQuality.NONE);

    activity.removeActivity("t");

    assertThat(activity.budget("t")).isEmpty();
    assertThat(activity.quality("t")).isEmpty();
    assertThat(activity.content()).hasSize(1);
  }
}
