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

/** One busy tenant among others. */
class FairnessTest {
  /** The default of the application. */
  private static final int PER_SECOND = 100;

  private static final int ROUNDS = 1_000;
  private static final int ROUNDS_PER_QUIET_QUERY = 50;
  private static final int PER_BATCH = 256;

  private final FakeIntegrator integrator = FakeIntegrator.counting();
  private final EngineFixture fixture =
      EngineFixture.of(
          EngineFixture.MEMORY,
          new QuerySettings(Consistency.FRESH, PER_SECOND, 1_000, 4),
          EngineFixture.model("bundle", integrator));

  @Test
  void shouldHoldABusyTenantToItsLimitAndAnswerTheOthersFresh() {
    // Given a tenant that learns and asks a thousand times within a second of event time
    List<Event> events = new ArrayList<>();
    int quietQueries = 0;
    for (int i = 0; i < ROUNDS; i++) {
      events.add(addAt(i, "busy", "e" + i, i % 2 == 0 ? "red" : "blue", i % 2, 1 - i % 2));
      events.add(queryAt(i, "busy", "q" + i, 1, 0));
      if (i % ROUNDS_PER_QUIET_QUERY == 0) {
        events.add(addAt(i, "quiet", "r" + i, "red", 1, 0));
        events.add(addAt(i, "quiet", "b" + i, "blue", 0, 1));
        events.add(queryAt(i, "quiet", "q" + i, 1, 0));
        quietQueries++;
      }
    }

    // When the batches that hold both are processed
    List<Output.Answer> quiet = new ArrayList<>();
    List<Output.Answer> busy = new ArrayList<>();
    for (int from = 0; from < events.size(); from += PER_BATCH) {
      List<Event> batch = events.subList(from, Math.min(events.size(), from + PER_BATCH));
      for (Output.Answer answer : Outcomes.of(Output.Answer.class, fixture.engine.process(batch))) {
        (batch.get(answer.index()).tenant().equals("quiet") ? quiet : busy).add(answer);
      }
    }

    // Then the busy one costs what it may, a full bucket and what one second adds to it
    assertThat(integrator.integrations() - quietQueries).isBetween(PER_SECOND, 2 * PER_SECOND);
    assertThat(busy).hasSize(ROUNDS);
    assertThat(busy)
        .filteredOn(answer -> answer.verdict().status() == AnswerStatus.RATE_LIMITED)
        .hasSizeGreaterThanOrEqualTo(ROUNDS - 2 * PER_SECOND);

    // And every query of the other sees all that it has learned before
    assertThat(quiet).hasSize(quietQueries);
    for (int i = 0; i < quietQueries; i++) {
      assertThat(quiet.get(i).verdict().status()).isEqualTo(AnswerStatus.PERSONALISED);
      assertThat(quiet.get(i).support().events()).hasValue(2L * (i + 1));
    }
  }
}
