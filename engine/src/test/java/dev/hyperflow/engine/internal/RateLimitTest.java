package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.addAt;
import static dev.hyperflow.engine.internal.EngineFixture.queryAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long START = 10_000;

  private final EngineFixture fixture = limited(2);
  private int id;

  @Test
  void shouldAnswerWithTheLastHeadBeyondTheLimit() {
    learnAndAskAt(START);
    Output.Answer second = learnAndAskAt(START);

    Output.Answer third = learnAndAskAt(START);

    assertThat(third.verdict().status()).isEqualTo(AnswerStatus.RATE_LIMITED);
    assertThat(third.support().fingerprint()).isEqualTo(second.support().fingerprint());
    assertThat(third.support().fingerprint()).isNotEqualTo(fixture.tenants.meta("t").fingerprint());
    assertThat(third.support().events()).isEmpty();
    assertThat(third.verdict().label()).isPresent();
  }

  @Test
  void shouldRefillWithTheTenantsEventTime() {
    for (int i = 0; i < 3; i++) {
      learnAndAskAt(START);
    }
    assertThat(statusAt(START + 499)).isEqualTo(AnswerStatus.RATE_LIMITED);
    assertThat(statusAt(START + 500)).isEqualTo(AnswerStatus.PERSONALISED);
    assertThat(statusAt(START + 501)).isEqualTo(AnswerStatus.RATE_LIMITED);
  }

  @Test
  void shouldNotRefillBeyondOneSecond() {
    learnAndAskAt(START);
    learnAndAskAt(START);
    List<AnswerStatus> later = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      later.add(statusAt(START + 3_600_000));
    }

    assertThat(later)
        .containsExactly(
            AnswerStatus.PERSONALISED, AnswerStatus.PERSONALISED, AnswerStatus.RATE_LIMITED);
  }

  @Test
  void shouldNotRefillWithLateEvents() {
    for (int i = 0; i < 3; i++) {
      learnAndAskAt(START);
    }

    assertThat(statusAt(START - 5_000)).isEqualTo(AnswerStatus.RATE_LIMITED);
  }

  @Test
  void shouldSpendNothingWhenTheHeadIsCurrent() {
    learnAndAskAt(START);
    for (int i = 0; i < 10; i++) {
      fixture.process(queryAt(START, "t", "q", 1, 0));
    }

    assertThat(statusAt(START)).isEqualTo(AnswerStatus.PERSONALISED);
  }

  @Test
  void shouldNotLimitATenantByAnother() {
    for (int i = 0; i < 3; i++) {
      learnAndAskAt(START);
    }
    fixture.process(
        addAt(START, "other", "r", "red", 1, 0), addAt(START, "other", "b", "blue", 0, 1));

    assertThat(
            Outcomes.answer(fixture.process(queryAt(START, "other", "q", 1, 0))).verdict().status())
        .isEqualTo(AnswerStatus.PERSONALISED);
  }

  /** What was removed must not answer: the limit yields. */
  @Test
  void shouldIntegrateBeyondTheLimitWhenThereIsNoHeadToAnswerWith() {
    for (int i = 0; i < 3; i++) {
      learnAndAskAt(START);
    }
    fixture.process(new Event.Retract("t", START, "r1"));

    Output.Answer answer = Outcomes.answer(fixture.process(queryAt(START, "t", "q", 1, 0)));

    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.PERSONALISED);
    assertThat(answer.support().fingerprint()).isEqualTo(fixture.tenants.meta("t").fingerprint());
  }

  @Test
  void shouldHaveNoLimitWhenItIsZero() {
    EngineFixture unlimited = limited(0);
    for (int i = 0; i < 200; i++) {
      List<Output> outputs =
          unlimited.process(
              addAt(START, "t", "r" + i, "red", 1, 0), queryAt(START, "t", "q", 1, 0));
      assertThat(Outcomes.answer(outputs).support().events()).isPresent();
    }
  }

  private AnswerStatus statusAt(long timestampMillis) {
    return learnAndAskAt(timestampMillis).verdict().status();
  }

  private Output.Answer learnAndAskAt(long timestampMillis) {
    id++;
    return Outcomes.answer(
        fixture.process(
            addAt(timestampMillis, "t", "r" + id, "red", 1, 0),
            addAt(timestampMillis, "t", "b" + id, "blue", 0, 1),
            queryAt(timestampMillis, "t", "q" + id, 1, 0)));
  }

  private static EngineFixture limited(double perSecond) {
    return EngineFixture.of(
        EngineFixture.MEMORY, new QuerySettings(Consistency.FRESH, perSecond, 1_000, 4));
  }
}
