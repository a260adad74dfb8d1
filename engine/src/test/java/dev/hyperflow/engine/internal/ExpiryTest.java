package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.addAt;
import static dev.hyperflow.engine.internal.EngineFixture.features;
import static dev.hyperflow.engine.internal.EngineFixture.queryAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Event BLUE = addAt(0, "t", "b1", "blue", 0, 1);

  private final EngineFixture fixture = EngineFixture.create();

  @Test
  void shouldCountAnExampleUntilItsTimeComes() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500));

    assertThat(examplesAt(499)).isEqualTo(2);
    assertThat(examplesAt(500)).isEqualTo(1);
  }

  @Test
  void shouldOutlastAnEventWhoseTimeIsInAnotherUnit() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500));

    List<Output> outputs =
        fixture.process(
            queryAt(1_700_000_000_000_000L, "t", "q", 1, 0),
            addAt(Long.MAX_VALUE, "t", "r2", "red", 1, 0));

    assertThat(Outcomes.of(Output.Rejected.class, outputs))
        .extracting(rejected -> rejected.rejection().reason())
        .containsExactly(Reason.TIMESTAMP_OUT_OF_RANGE, Reason.TIMESTAMP_OUT_OF_RANGE);
    assertThat(examplesAt(499)).isEqualTo(2);
  }

  @Test
  void shouldTakeThemOutOneByOne() {
    fixture.process(
        BLUE,
        expiring(0, "t", "r1", 800),
        expiring(0, "t", "r2", 500),
        expiring(0, "t", "r3", 650));

    assertThat(examplesAt(500)).isEqualTo(3);
    assertThat(examplesAt(650)).isEqualTo(2);
    assertThat(examplesAt(799)).isEqualTo(2);
    assertThat(examplesAt(800)).isEqualTo(1);
  }

  @Test
  void shouldWithdrawTheHeadThatAnExpiredExampleMade() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500), queryAt(1, "t", "q", 1, 0));

    List<Output> outputs = fixture.process(queryAt(500, "t", "q", 1, 0));

    assertThat(outputs.get(0)).isEqualTo(new Output.HeadWithdrawn(0));
    assertThat(Outcomes.label(outputs)).isEqualTo("blue");
  }

  @Test
  void shouldLeaveTheSameAsIfTheExampleHadNeverBeenThere() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500), queryAt(600, "t", "q", 1, 0));
    EngineFixture never = EngineFixture.create();
    never.process(BLUE, queryAt(600, "t", "q", 1, 0));

    assertThat(fixture.heads.head("t", "bundle")).isEqualTo(never.heads.head("t", "bundle"));
    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(never.tenants.meta("t").fingerprint());
    assertThat(fixture.tenants.slotOf("t", "r1")).isEmpty();
  }

  @Test
  void shouldNotComeBackWithALateEvent() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500), addAt(600, "t", "b2", "blue", 0, 1));

    assertThat(examplesAt(10)).isEqualTo(2);
    assertThat(fixture.process(expiring(10, "t", "r1", 500)))
        .containsExactly(new Output.Ignored(0, Reason.EXPIRED));
  }

  @Test
  void shouldTakeOutAnEarlierExampleThatIsReplacedByAnExpiredOne() {
    fixture.process(BLUE, addAt(0, "t", "r1", "red", 1, 0), queryAt(0, "t", "q", 1, 0));

    fixture.process(addAt(600, "t", "b2", "blue", 0, 1));

    assertThat(fixture.process(expiring(10, "t", "r1", 500)))
        .containsExactly(new Output.HeadWithdrawn(0), new Output.Applied(0));
    assertThat(examplesAt(600)).isEqualTo(2);
  }

  @Test
  void shouldChangeTheExpiryOfAnExampleThatComesAgain() {
    fixture.process(BLUE, expiring(0, "t", "r1", 500), expiring(0, "t", "r1", 900));
    assertThat(examplesAt(500)).isEqualTo(2);

    fixture.process(addAt(0, "t", "r1", "red", 1, 0));
    assertThat(examplesAt(100_000)).isEqualTo(2);
  }

  @Test
  void shouldNotFollowTheTimeOfAnotherTenant() {
    fixture.process(expiring(0, "t", "r1", 500), addAt(9_000, "other", "e", "red", 1, 0));

    assertThat(examplesAt(499)).isEqualTo(1);
  }

  @Test
  void shouldNotLetAQueryAdvanceTheTimeOfLaterEvents() {
    fixture.process(BLUE, queryAt(9_000, "t", "q", 1, 0));

    assertThat(fixture.process(expiring(10, "t", "r1", 500))).contains(new Output.Applied(0));
  }

  @Test
  void shouldExpireDescriptions() {
    fixture.process(
        new Event.Describe("t", 0, "d1", "red", new ExampleTerms(1, 500), features(1, 0)));

    assertThat(Outcomes.answer(fixture.process(queryAt(500, "t", "q", 1, 0))).verdict().status())
        .isEqualTo(AnswerStatus.NO_LABELS);
  }

  @Test
  void shouldSeeItAtOnceInLatestMode() {
    EngineFixture latest = EngineFixture.of(EngineFixture.MEMORY, EngineFixture.LATEST);
    latest.process(BLUE, expiring(0, "t", "r1", 500), queryAt(1, "t", "q", 1, 0));

    assertThat(Outcomes.label(latest.process(queryAt(500, "t", "q", 1, 0)))).isEqualTo("blue");
  }

  private int examplesAt(long timestampMillis) {
    return Outcomes.answer(fixture.process(queryAt(timestampMillis, "t", "q", 1, 0)))
        .support()
        .examples();
  }

  private static Event.Add expiring(
      long timestampMillis, String tenant, String id, long expiresAtMillis) {
    return new Event.Add(
        tenant, timestampMillis, id, "red", new ExampleTerms(1, expiresAtMillis), features(1, 0));
  }
}
