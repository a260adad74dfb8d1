package dev.hyperflow.engine.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapBudgetTest {

  @Test
  void shouldDealItselfOutToThoseWhoHaveAShareNow() {
    HeapBudget budget = new HeapBudget(100);

    HeapBudget.Share first = budget.share();
    assertThat(first.bytes()).isEqualTo(100);
    HeapBudget.Share second = budget.share();
    assertThat(first.bytes()).isEqualTo(50);
    second.close();
    second.close();

    assertThat(first.bytes()).isEqualTo(100);
  }

  @Test
  void shouldRefuseToHoldNothing() {
    assertThatThrownBy(() -> new HeapBudget(0)).hasMessage("bytes: expected at least 1, found 0");
  }
}
