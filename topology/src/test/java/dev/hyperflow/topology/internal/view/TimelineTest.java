package dev.hyperflow.topology.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long STEP = Timeline.STEP_MILLIS;
  private static final long NOW = 1_000 * STEP;

  private final Timeline timeline = new Timeline();

  @Test
  void shouldBeginWithTheFirstStepInWhichSomethingHappened() {
    assertThat(timeline.history(NOW)).isEmpty();

    timeline.answer(5, NOW - 3 * STEP);

    assertThat(timeline.history(NOW))
        .extracting(Timeline.Point::at)
        .containsExactly(NOW - 3 * STEP, NOW - 2 * STEP, NOW - STEP);
  }

  @Test
  void shouldNotShowTheStepThatIsNotOver() {
    timeline.integration(NOW);

    assertThat(timeline.history(NOW)).isEmpty();
    assertThat(timeline.last(5, NOW).integrations()).isZero();
    assertThat(timeline.last(5, NOW + STEP).integrations()).isEqualTo(1);
  }

  @Test
  void shouldForgetStepsThatAreLongOver() {
    timeline.batch(3, 10, NOW);
    long later = NOW + Timeline.STEPS * STEP;
    timeline.batch(4, 20, later); // takes the place of the first

    assertThat(timeline.last(Timeline.STEPS, later + STEP).events()).isEqualTo(4);
    assertThat(timeline.history(later + STEP)).hasSize(1);
    assertThat(timeline.history(later + 2 * Timeline.STEPS * STEP)).isEmpty();
  }

  @Test
  void shouldSumUpTheLastSteps() {
    timeline.batch(3, 10, NOW);
    timeline.batch(5, 40, NOW + STEP);
    timeline.answer(7, NOW);
    timeline.labelToHead(9, NOW + STEP);

    Timeline.Sums both = timeline.last(2, NOW + 2 * STEP);
    Timeline.Sums second = timeline.last(1, NOW + 2 * STEP);

    assertThat(both.seconds()).isEqualTo(2 * STEP / 1000.0);
    assertThat(both.events()).isEqualTo(8);
    assertThat(both.waitMillis()).isEqualTo(50);
    assertThat(both.answers()).isEqualTo(1);
    assertThat(both.latency().p50()).hasValue(7);
    assertThat(second.events()).isEqualTo(5);
    assertThat(second.answers()).isZero();
    assertThat(second.latency().p50()).isEmpty();
    assertThat(second.labelToHead().p99()).hasValue(9);
  }
}
