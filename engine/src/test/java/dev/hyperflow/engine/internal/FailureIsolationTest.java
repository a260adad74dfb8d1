package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** An item that fails takes no other with it. */
class FailureIsolationTest {
  private static final float POISON = 666;

  private final EngineFixture fixture =
      EngineFixture.of(
          EngineFixture.MEMORY,
          EngineFixture.FRESH,
          EngineFixture.model("bundle", new FakeIntegrator(FailureIsolationTest::refusePoison)));

  private static void refusePoison(SupportSet task) {
    for (int i = 0; i < task.examples(); i++) {
      if (task.feature(i, 0) == POISON) {
        throw new ModelException("out of memory");
      }
    }
  }

  @Test
  void shouldRejectOnlyTheQueriesOfTheTenantWhoseHeadFails() {
    List<Event> events = new ArrayList<>();
    for (String tenant : List.of("a", "b", "c", "d", "e")) {
      events.add(add(tenant, "r", "red", tenant.equals("c") ? POISON : 1, 0));
      events.add(add(tenant, "b", "blue", 0, 1));
      events.add(query(tenant, "q-" + tenant, 1, 0));
    }

    List<Output> outputs = fixture.engine.process(events);

    assertThat(Outcomes.of(Output.Answer.class, outputs))
        .extracting(Output.Answer::queryId)
        .containsExactly("q-a", "q-b", "q-d", "q-e");
    assertThat(Outcomes.reason(outputs)).isEqualTo(Reason.INTEGRATION_FAILED);
    assertThat(Outcomes.of(Output.Rejected.class, outputs).get(0).rejection().message())
        .isEqualTo("head of 2 labels and 2 examples: the integration failed: out of memory");
    assertThat(fixture.heads.head("c", "bundle")).isEmpty();
  }

  @Test
  void shouldGiveTheOthersTheSameHeadsAsWithoutTheFailure() {
    Event[] others = {add("a", "r", "red", 1, 0), query("a", "q", 1, 0)};
    EngineFixture alone = EngineFixture.create();
    alone.process(others);

    fixture.process(add("c", "r", "red", POISON, 0), query("c", "q", 1, 0), others[0], others[1]);

    assertThat(fixture.heads.head("a", "bundle")).isEqualTo(alone.heads.head("a", "bundle"));
  }

  @Test
  void shouldServeTheTenantAgainWhenThePoisonIsTakenOut() {
    fixture.process(
        add("c", "p", "red", POISON, 0), add("c", "b", "blue", 0, 1), query("c", "q", 1, 0));

    List<Output> outputs = fixture.process(new Event.Retract("c", 0, "p"), query("c", "q", 1, 0));

    assertThat(Outcomes.label(outputs)).isEqualTo("blue");
  }

  @Test
  void shouldTellOfABackgroundFailureAndGoOn() {
    fixture.process(add("c", "r", "red", POISON, 0), add("d", "r", "red", 1, 0));

    List<Output> outputs = fixture.settle();

    assertThat(Outcomes.of(Output.BackgroundFailed.class, outputs))
        .extracting(Output.BackgroundFailed::tenant)
        .containsExactly("c");
    assertThat(fixture.heads.head("d", "bundle")).isPresent();
    assertThat(fixture.engine.progress().busy()).isFalse();
  }

  @Test
  void shouldRejectOnlyTheTextThatTheEncoderFailsOn() {
    EngineFixture encoding =
        EngineFixture.of(EngineFixture.MEMORY, EngineFixture.FRESH, encodingModel());

    List<Output> outputs =
        encoding.process(
            text("e1", "one"), text("e2", "poison"), text("e3", "three"), text("e4", "four"));

    assertThat(outputs)
        .filteredOn(Output.Applied.class::isInstance)
        .extracting(Output::index)
        .containsExactly(0, 2, 3);
    assertThat(Outcomes.reason(outputs)).isEqualTo(Reason.ENCODE_FAILED);
    assertThat(encoding.tenants.meta("t").examples()).isEqualTo(3);
  }

  private static AdaptationModel encodingModel() {
    return new AdaptationModel(
        "bundle",
        Optional.of(new FakeEncoder("encoder@1")),
        OptionalInt.of(EngineFixture.DIMENSION),
        EngineFixture.integrator(),
        EngineFixture.model("bundle").calibration());
  }

  private static Event text(String id, String text) {
    return new Event.Add("t", 0, id, "red", ExampleTerms.ORDINARY, new Payload.Text(text));
  }
}
