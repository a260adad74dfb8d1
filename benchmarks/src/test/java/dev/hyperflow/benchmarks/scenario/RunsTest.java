package dev.hyperflow.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunsTest {

  private static final double ROUNDING = 1e-9;

  @Test
  void shouldCompareRepetitionsPairByPair() {
    // Given
    Runs ours = new Runs("ours");
    Runs others = new Runs("others");
    for (int seconds = 1; seconds <= 3; seconds++) {
      ours.add(run(seconds));
      others.add(run(2L * seconds));
    }

    // Then: whatever the speed of a repetition, ours take half the time
    assertThat(ours.ratio(others, Repetition::micros).min()).isCloseTo(0.5, within(ROUNDING));
    assertThat(ours.ratio(others, Repetition::micros).max()).isCloseTo(0.5, within(ROUNDING));
    assertThat(ours.row()).hasSameSizeAs(Runs.HEADER).startsWith("ours", "500 (333 … 1,000)");
  }

  @Test
  void shouldAddTheProcessorTimeOfProcessAndBroker() {
    Repetition run = new Repetition(1_000, 1, Duration.ofMillis(4), Duration.ofMillis(2));
    assertThat(run.ownMicros()).isEqualTo(4);
    assertThat(run.brokerMicros()).isEqualTo(2);
    assertThat(run.allMicros()).isEqualTo(6);
  }

  private static Repetition run(long seconds) {
    return new Repetition(1_000, seconds * 1_000_000_000, Duration.ZERO, Duration.ZERO);
  }
}
