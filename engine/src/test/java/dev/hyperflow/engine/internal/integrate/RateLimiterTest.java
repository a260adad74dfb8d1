package dev.hyperflow.engine.internal.integrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = 1_000;
  private static final long FAR_AHEAD = 3_600 * SECOND;

  private final InMemoryActivity budgets = new InMemoryActivity();

  @Test
  void shouldAllowAsManyIntegrationsAsASecondHas() {
    RateLimiter limiter = new RateLimiter(budgets, 2);

    assertThat(spent(limiter, "t", SECOND)).isTrue();
    assertThat(spent(limiter, "t", SECOND)).isTrue();
    assertThat(limiter.allows("t", SECOND)).isFalse();
    assertThat(limiter.allows("u", SECOND)).isTrue();
    assertThat(spent(limiter, "t", SECOND + 500)).isTrue();
    assertThat(limiter.allows("t", SECOND + 999)).isFalse();
  }

  @Test
  void shouldNotSaveUpMoreThanASecond() {
    RateLimiter limiter = new RateLimiter(budgets, 2);
    spent(limiter, "t", 0);

    assertThat(spent(limiter, "t", FAR_AHEAD)).isTrue();
    assertThat(spent(limiter, "t", FAR_AHEAD)).isTrue();
    assertThat(limiter.allows("t", FAR_AHEAD)).isFalse();
  }

  @Test
  void shouldAllowOneAtATimeAtLessThanOneASecond() {
    RateLimiter limiter = new RateLimiter(budgets, 0.5);

    assertThat(spent(limiter, "t", SECOND)).isTrue();
    assertThat(limiter.allows("t", 2 * SECOND)).isFalse();
    assertThat(limiter.allows("t", 3 * SECOND)).isTrue();
  }

  @Test
  void shouldLimitNothingAndWriteNothingAtZero() {
    RateLimiter limiter = new RateLimiter(budgets, 0);

    for (int i = 0; i < 100; i++) {
      assertThat(spent(limiter, "t", 0)).isTrue();
    }
    assertThat(budgets.content()).isEmpty();
  }

  @Test
  void shouldNeverOweAnything() {
    RateLimiter limiter = new RateLimiter(budgets, 1);
    for (int i = 0; i < 10; i++) {
      limiter.spend("t", SECOND);
    }

    assertThat(limiter.allows("t", 2 * SECOND)).isTrue();
  }

  @Test
  void shouldNotShrinkByEventsALittleOutOfOrder() {
    IntegrationBudget budget = new IntegrationBudget(1, 10 * SECOND);

    assertThat(budget.at(9 * SECOND, 1)).isEqualTo(budget);
    assertThat(budget.at(10 * SECOND, 1)).isEqualTo(budget);
  }

  @Test
  void shouldSetTheClockBackAfterATimeFarAhead() {
    IntegrationBudget ahead = new IntegrationBudget(0, FAR_AHEAD);

    assertThat(ahead.at(SECOND, 1)).isEqualTo(new IntegrationBudget(0, SECOND));
    assertThat(ahead.at(SECOND, 1).at(2 * SECOND, 1).allows()).isTrue();
  }

  private static boolean spent(RateLimiter limiter, String tenant, long timeMillis) {
    boolean allowed = limiter.allows(tenant, timeMillis);
    limiter.spend(tenant, timeMillis);
    return allowed;
  }
}
