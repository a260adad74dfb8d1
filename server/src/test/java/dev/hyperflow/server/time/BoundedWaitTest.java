package dev.hyperflow.server.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedWaitTest {
  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(30);

  private final List<Long> pausesMillis = new ArrayList<>();
  private long nowNanos = Long.MAX_VALUE - 1; // the clock of nanoTime may overflow

  @Test
  void shouldPauseAsOftenAsFitsTheLimit() throws InterruptedException {
    BoundedWait wait = start();

    int tries = 1;
    while (wait.again()) {
      tries++;
    }

    assertThat(tries).isEqualTo(4);
    assertThat(pausesMillis).containsExactly(30L, 30L, 30L);
    assertThat(wait.again()).isFalse();
  }

  @Test
  void shouldNotWaitForAPauseThatPassesTheLimit() throws InterruptedException {
    BoundedWait wait = start();

    assertThat(wait.again(LIMIT.plusNanos(1))).isFalse();
    assertThat(wait.again(LIMIT)).isTrue();

    assertThat(pausesMillis).containsExactly(100L);
  }

  @Test
  void shouldGrantTheWholeLimitAnew() throws InterruptedException {
    BoundedWait wait = start();
    assertThat(wait.again(LIMIT)).isTrue();
    assertThat(wait.again()).isFalse();

    wait.restart();

    assertThat(wait.again(LIMIT)).isTrue();
  }

  @Test
  void shouldCountTheTimeThatTriesTake() throws InterruptedException {
    BoundedWait wait = start();
    nowNanos += Duration.ofMillis(80).toNanos();

    assertThat(wait.again()).isFalse();
    assertThat(pausesMillis).isEmpty();
  }

  @Test
  void shouldEndWhenInterrupted() {
    BoundedWait wait = new BoundedWait(LIMIT, PAUSE);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(wait::again);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private BoundedWait start() {
    return new BoundedWait(
        LIMIT,
        PAUSE,
        () -> nowNanos,
        nanos -> {
          pausesMillis.add(Duration.ofNanos(nanos).toMillis());
          nowNanos += nanos;
        });
  }
}
