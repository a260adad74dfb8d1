package dev.hyperflow.topology.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.metrics.BusiestTenants.Busy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BusiestTenantsTest {
  private static final int CAPACITY = 16;

  private final BusiestTenants<String> tenants = new BusiestTenants<>(CAPACITY);

  @Test
  void shouldFindTheBusyAmongManyThatComeOnce() {
    // Given two that have a tenth of the events each, among ten thousand others
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      tenants.event("once-" + i);
      if (random.nextInt(8) == 0) {
        tenants.event("busy");
        tenants.event("busier");
        tenants.event("busier");
      }
    }

    // Then
    assertThat(tenants.busiest(2)).extracting(Busy::tenant).containsExactly("busier", "busy");
    assertThat(tenants.busiest(1_000)).hasSize(CAPACITY);
  }

  @Test
  void shouldForgetWhoWasBusyLongAgo() {
    for (int i = 0; i < 10_000; i++) {
      tenants.event("before");
    }
    for (int i = 0; i < 40_000; i++) {
      tenants.event("now-" + i % 3);
    }

    assertThat(tenants.busiest(3)).extracting(Busy::tenant).doesNotContain("before");
  }

  @Test
  void shouldKeepFiguresOfThoseItKnowsOnly() {
    tenants.event("known");
    tenants.keep("known", "figures");
    tenants.keep("unknown", "figures");

    List<Busy<String>> busiest = tenants.busiest(10);

    assertThat(busiest).hasSize(1);
    assertThat(busiest.get(0).figures()).contains("figures");
  }

  @Test
  void shouldKnowNobodyWhenNoneAreWanted() {
    BusiestTenants<String> none = new BusiestTenants<>(0);

    none.event("a");
    none.keep("a", "figures");

    assertThat(none.busiest(5)).isEmpty();
  }
}
