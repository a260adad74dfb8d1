package dev.hyperflow.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void shouldRunTheWorkOnceOnEachThread() {
    AtomicInteger runs = new AtomicInteger();
    assertThat(Workers.run(3, runs::incrementAndGet)).isPositive();
    assertThat(runs).hasValue(3);
  }

  @Test
  void shouldSayWhatEndedAThread() {
    Runnable broken =
        () -> {
          throw new IllegalStateException("no answer");
        };
    assertThatThrownBy(() -> Workers.run(2, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no answer");
  }
}
