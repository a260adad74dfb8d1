package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.features;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionsTest {
  private static final Event.Describe RED = describe("d1", "red", 1, 1, 0);
  private static final Event.Describe BLUE = describe("d2", "blue", 1, 0, 1);

  private final EngineFixture fixture = EngineFixture.create();

  @Test
  void shouldPredictALabelBeforeItsFirstExample() {
    fixture.process(RED, BLUE);

    Output.Answer answer = Outcomes.answer(fixture.process(query("t", "q", 1, 0)));

    assertThat(answer.verdict().label()).contains("red");
    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.COLD_START);
    assertThat(answer.support().examples()).isEqualTo(2);
  }

  @Test
  void shouldBePersonalisedWithTheFirstExample() {
    fixture.process(RED, BLUE, add("t", "b1", "blue", 0, 1));

    Output.Answer answer = Outcomes.answer(fixture.process(query("t", "q", 1, 0)));

    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.PERSONALISED);
    assertThat(answer.verdict().label()).contains("red");
  }

  @Test
  void shouldReplaceADescription() {
    fixture.process(RED, BLUE, describe("d3", "red", 1, 0, 0, 1));

    assertThat(Outcomes.answer(fixture.process(query("t", "q", 0, 0, 1))).support().examples())
        .isEqualTo(2);
    assertThat(Outcomes.label(fixture.process(query("t", "q", 0, 0, 1)))).isEqualTo("red");
    assertThat(fixture.process(new Event.Retract("t", 0, "d1")).get(0))
        .isInstanceOf(Output.Ignored.class);
  }

  @Test
  void shouldRetractADescriptionAsIfItHadNeverBeenThere() {
    fixture.process(RED, add("t", "r1", "red", 1, 0), add("t", "b1", "blue", 0, 1), BLUE);
    fixture.process(new Event.Retract("t", 0, "d1"), new Event.Retract("t", 0, "d2"));
    EngineFixture never = EngineFixture.create();
    never.process(add("t", "b1", "blue", 0, 1), add("t", "r1", "red", 1, 0));

    fixture.process(query("t", "q", 1, 0));
    never.process(query("t", "q", 1, 0));

    assertThat(fixture.heads.head("t", "bundle")).isPresent();
    assertThat(fixture.heads.head("t", "bundle")).isEqualTo(never.heads.head("t", "bundle"));
  }

  @Test
  void shouldForgetTheDescriptionWithItsLabel() {
    fixture.process(RED, BLUE, new Event.ForgetLabel("t", 0, "red"));

    assertThat(Outcomes.answer(fixture.process(query("t", "q", 1, 0))).verdict().topLabels())
        .extracting("label")
        .containsExactly("blue");
    assertThat(fixture.tenants.slotOf("t", "d1")).isEmpty();
  }

  @Test
  void shouldStandBesideTheExamplesAndTakeThePlaceOfNone() {
    EngineFixture small = EngineFixture.with(2, 2);
    small.process(
        add("t", "r1", "red", 1, 0), add("t", "r2", "red", 1, 0), RED, add("t", "r3", "red", 1, 0));

    List<String> ids = new ArrayList<>();
    small.tenants.forEachExample("t", (slot, example) -> ids.add(example.eventId()));

    assertThat(ids).containsExactlyInAnyOrder("d1", "r2", "r3");
  }

  @Test
  void shouldWeighItByTheSettingTimesTheEvent() {
    EngineFixture half =
        EngineFixture.of(
            new MemorySettings(5, 5, 25, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 0.5f),
            EngineFixture.FRESH);
    half.process(describe("d1", "red", 3, 1, 0));

    assertThat(half.tenants.example("t", half.tenants.slotOf("t", "d1").orElseThrow()))
        .hasValueSatisfying(example -> assertThat(example.terms().weight()).isEqualTo(1.5f));
  }

  @Test
  void shouldNotLetAWeightVanish() {
    EngineFixture half =
        EngineFixture.of(
            new MemorySettings(5, 5, 25, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 0.5f),
            EngineFixture.FRESH);

    List<Output> outputs =
        half.process(describe("d1", "red", Float.MIN_VALUE, 1, 0), query("t", "q", 1, 0));

    assertThat(Outcomes.label(outputs)).isEqualTo("red");
  }

  @Test
  void shouldMakeRoomForADescriptionAmongTheExamplesOfTheTenant() {
    EngineFixture small =
        EngineFixture.of(
            new MemorySettings(2, 2, 3, RingPolicy.NEWEST, FeaturePrecision.FLOAT32, 1),
            EngineFixture.FRESH);
    small.process(
        add("t", "r1", "red", 1, 0), add("t", "r2", "red", 1, 0), add("t", "b1", "blue", 0, 1));

    small.process(BLUE);

    List<String> ids = new ArrayList<>();
    small.tenants.forEachExample("t", (slot, example) -> ids.add(example.eventId()));
    assertThat(ids).containsExactlyInAnyOrder("r2", "b1", "d2");
  }

  @Test
  void shouldBecomeADescriptionWhenTheSameEventIdSaysSo() {
    fixture.process(add("t", "d1", "red", 1, 0), RED);

    assertThat(fixture.tenants.meta("t").examples()).isEqualTo(1);
    assertThat(fixture.tenants.meta("t").describedOnly()).isTrue();
  }

  @Test
  void shouldIgnoreADuplicate() {
    fixture.process(RED);

    assertThat(fixture.process(RED)).containsExactly(new Output.Ignored(0, Reason.DUPLICATE));
    assertThat(fixture.tenants.meta("t").events()).isEqualTo(1);
  }

  private static Event.Describe describe(String id, String label, float weight, float... values) {
    return new Event.Describe(
        "t", 0, id, label, new ExampleTerms(weight, ExampleTerms.NEVER), features(values));
  }
}
