package dev.hyperflow.engine.internal.integrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaleTenantsTest {
  private static final int ALL = 100;

  private final StaleTenants stale = new StaleTenants();

  @Test
  void shouldTakeEachTenantOnce() {
    stale.changed("a");
    stale.changed("a");
    stale.changed("b");

    assertThat(stale.size()).isEqualTo(2);
    assertThat(stale.take(ALL)).containsExactly("a", "b");
    assertThat(stale.size()).isZero();
    assertThat(stale.take(ALL)).isEmpty();
  }

  @Test
  void shouldTakeTheOldestFirst() {
    stale.changed("z");
    stale.take(0);
    stale.take(0);
    stale.changed("a");

    assertThat(stale.take(1)).containsExactly("z");
    assertThat(stale.take(1)).containsExactly("a");
  }

  @Test
  void shouldTakeTheBusiestOfOneAgeFirst() {
    stale.changed("a");
    stale.changed("b");
    stale.answered("b");

    assertThat(stale.take(ALL)).containsExactly("b", "a");
  }

  @Test
  void shouldKeepTheAgeOfATenantThatChangesAgain() {
    stale.changed("b");
    stale.take(0);
    stale.changed("a");
    stale.changed("b");

    assertThat(stale.take(ALL)).containsExactly("b", "a");
  }

  @Test
  void shouldLetGoOfATenantWhoseHeadIsCurrent() {
    stale.changed("a");
    stale.answered("b");

    stale.settled("a");
    stale.settled("nobody");

    assertThat(stale.take(ALL)).containsExactly("b");
  }
}
