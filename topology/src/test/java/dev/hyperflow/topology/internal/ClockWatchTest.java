package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private final AtomicLong wallMillis = new AtomicLong(1_700_000_000_000L);
  private final AtomicLong nanos = new AtomicLong(42);
  private final ClockWatch watch = new ClockWatch(wallMillis::get, nanos::get);

  @Test
  void shouldSayNothingWhileBothClocksAgree() {
    pass(Duration.ofSeconds(1), Duration.ZERO);
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofHours(10), Duration.ofSeconds(2)); // asleep, and adjusted a little
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void shouldSayOnceByHowMuchTheClockWasSet() {
    pass(Duration.ofSeconds(1), Duration.ofHours(-2));
    assertThat(watch.look()).contains(Duration.ofHours(-2));
    pass(Duration.ofSeconds(1), Duration.ZERO);
    assertThat(watch.look()).isEmpty();
    pass(Duration.ofSeconds(1), Duration.ofHours(2));
    assertThat(watch.look()).contains(Duration.ofHours(2));
  }

  private void pass(Duration time, Duration step) {
    nanos.addAndGet(time.toNanos());
    wallMillis.addAndGet(time.plus(step).toMillis());
  }
}
