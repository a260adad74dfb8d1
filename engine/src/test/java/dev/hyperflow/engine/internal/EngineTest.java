package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.features;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final Event RED_1 = add("t", "r1", "red", 1, 0);
  private static final Event RED_2 = add("t", "r2", "red", 0.9f, 0.1f);
  private static final Event BLUE_1 = add("t", "b1", "blue", 0, 1);

  @Test
  void shouldAnswerWithoutALabelWhenTheTenantHasNone() {
    Output.Answer answer = answerTo(EngineFixture.create(), query("t", "q", 1, 0));

    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.NO_LABELS);
    assertThat(answer.verdict().topLabels()).isEmpty();
    assertThat(answer.verdict().initialLabel()).isEmpty();
    assertThat(answer.verdict().abstained()).isTrue();
    assertThat(answer.support().examples()).isZero();
  }

  @Test
  void shouldTakeAQueryAloneOnlyWhileTheHeadOfItsTenantIsThere() {
    EngineFixture fixture = EngineFixture.create();
    Event query = query("t", "q", 1, 0);
    assertThat(fixture.engine.isReady(query)).isFalse();

    fixture.process(RED_1, BLUE_1);
    assertThat(fixture.engine.isReady(query)).isFalse();
    fixture.process(query);
    assertThat(fixture.engine.isReady(query)).isTrue();
    assertThat(fixture.engine.isReady(query("other", "q", 1, 0))).isFalse();

    fixture.process(RED_2);
    assertThat(fixture.engine.isReady(query)).isFalse();
  }

  @Test
  void shouldTakeNothingAloneThatGainsFromAList() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1, BLUE_1, query("t", "q", 1, 0));

    assertThat(fixture.engine.isReady(new Event.Query("t", 0, "q2", new Payload.Text("a text"))))
        .isFalse();
    assertThat(fixture.engine.isReady(RED_2)).isFalse();
    fixture.engine.shadow(EngineFixture.model("candidate"));
    assertThat(fixture.engine.isReady(query("t", "q", 1, 0))).isFalse();
  }

  @Test
  void shouldSayColdStartWhileThereIsOneLabelOnly() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1);

    Output.Answer answer = answerTo(fixture, query("t", "q", 0, 1));

    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.COLD_START);
    assertThat(answer.verdict().topLabels().get(0).label()).isEqualTo("red");
  }

  @Test
  void shouldAnswerWithTheNearerLabelFirst() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1, RED_2, BLUE_1);

    Output.Answer answer = answerTo(fixture, query("t", "q", 0.1f, 0.9f));

    assertThat(answer.verdict().status()).isEqualTo(AnswerStatus.PERSONALISED);
    assertThat(answer.verdict().topLabels()).extracting("label").containsExactly("blue", "red");
    assertThat(answer.verdict().topLabels().get(0).probability()).isBetween(0.5f, 1f);
    assertThat(answer.support())
        .extracting("examples", "labels", "events")
        .containsExactly(3, 2, OptionalLong.of(3));
  }

  @Test
  void shouldSeeEverySupportEventBeforeTheQueryAndNoneAfterIt() {
    EngineFixture fixture = EngineFixture.create();

    List<Output> outputs =
        fixture.process(RED_1, query("t", "q1", 1, 0), BLUE_1, query("t", "q2", 1, 0), RED_2);

    assertThat(outputs).filteredOn(Output.HeadAdapted.class::isInstance).hasSize(2);
    assertThat(outputs)
        .filteredOn(Output.Answer.class::isInstance)
        .extracting(output -> ((Output.Answer) output).support().examples())
        .containsExactly(1, 2);
    assertThat(outputs).extracting(Output::index).isSorted();
    assertThat(outputs)
        .filteredOn(Output.Tested.class::isInstance)
        .extracting(Output::index)
        .containsExactly(2, 4);
  }

  @Test
  void shouldIntegrateAgainOnlyWhenTheSupportSetChanged() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1, BLUE_1, query("t", "q1", 1, 0));

    assertThat(fixture.process(query("t", "q2", 1, 0)))
        .noneMatch(Output.HeadAdapted.class::isInstance);
    fixture.process(RED_2);
    assertThat(fixture.process(query("t", "q3", 1, 0)))
        .anyMatch(Output.HeadAdapted.class::isInstance);
  }

  @Test
  void shouldLeaveNothingOfAForgottenTenant() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1, BLUE_1, query("t", "q", 1, 0));

    assertThat(fixture.process(new Event.ForgetTenant("t", 1)))
        .containsExactly(new Output.HeadWithdrawn(0), new Output.Applied(0));

    assertThat(fixture.tenants.entries()).isZero();
    assertThat(answerTo(fixture, query("t", "q2", 1, 0)).verdict().status())
        .isEqualTo(AnswerStatus.NO_LABELS);
    assertThat(fixture.process(new Event.ForgetTenant("t", 1)).get(0))
        .isInstanceOf(Output.Ignored.class);
  }

  @Test
  void shouldForgetALabelWithItsExamples() {
    EngineFixture fixture = EngineFixture.create();
    fixture.process(RED_1, RED_2, BLUE_1, new Event.ForgetLabel("t", 1, "red"));

    Output.Answer answer = answerTo(fixture, query("t", "q", 1, 0));

    assertThat(answer.verdict().topLabels()).extracting("label").containsExactly("blue");
    assertThat(fixture.process(new Event.ForgetLabel("t", 2, "red")).get(0))
        .isInstanceOf(Output.Ignored.class);
  }

  @Test
  void shouldIgnoreTheRetractionOfAnUnknownEvent() {
    EngineFixture fixture = EngineFixture.create();

    assertThat(fixture.process(new Event.Retract("t", 1, "nobody")).get(0))
        .isInstanceOf(Output.Ignored.class);
    assertThat(fixture.tenants.entries()).isZero();
  }

  @Test
  void shouldRejectWhatBreaksALimitAndGoOn() {
    EngineFixture fixture = EngineFixture.with(2, 8);
    fixture.process(RED_1, BLUE_1);

    assertThat(
            List.of(
                reason(fixture, add("t", "g1", "green", 1, 1)),
                reason(fixture, add("t", " ", "red", 1, 1)),
                reason(fixture, add("t", "x".repeat(65), "red", 1, 1)),
                reason(fixture, add("t", "r3", "", 1, 1)),
                reason(fixture, add("t", "r3", "x".repeat(65), 1, 1)),
                reason(fixture, add("t", "r3", "red", Float.NaN)),
                reason(fixture, query("t", "q", Float.NEGATIVE_INFINITY)),
                reason(fixture, add("t", "r3", "red", 2e6f)),
                reason(fixture, weighted(0)),
                reason(fixture, weighted(Float.NaN)),
                reason(fixture, weighted(101)),
                reason(fixture, new Event.Query("t", 0, "q", wrongDimension(1))),
                reason(fixture, new Event.Query("t", 0, "q", wrongDimension(9))),
                reason(fixture, new Event.Query("t", 0, "q", new Payload.Text(" \n"))),
                reason(fixture, new Event.Query("t", 0, "q", new Payload.Text("x".repeat(201)))),
                reason(fixture, new Event.Query("t", 0, "q", new Payload.Text("words")))))
        .containsExactly(
            Reason.TOO_MANY_LABELS,
            Reason.MISSING_FIELD,
            Reason.ID_TOO_LONG,
            Reason.MISSING_FIELD,
            Reason.LABEL_TOO_LONG,
            Reason.NON_FINITE_FEATURES,
            Reason.NON_FINITE_FEATURES,
            Reason.FEATURE_OUT_OF_RANGE,
            Reason.WEIGHT_OUT_OF_RANGE,
            Reason.WEIGHT_OUT_OF_RANGE,
            Reason.WEIGHT_OUT_OF_RANGE,
            Reason.WRONG_DIMENSION,
            Reason.WRONG_DIMENSION,
            Reason.EMPTY_TEXT,
            Reason.TEXT_TOO_LONG,
            Reason.NO_ENCODER);
    assertThat(answerTo(fixture, query("t", "q", 1, 0)).support().events()).hasValue(2);
  }

  private static Event weighted(float weight) {
    return new Event.Add(
        "t", 0, "r3", "red", new ExampleTerms(weight, ExampleTerms.NEVER), features(1));
  }

  private static Payload wrongDimension(int more) {
    return new Payload.Features(FeatureVector.of(new float[EngineFixture.DIMENSION + more]));
  }

  private static Reason reason(EngineFixture fixture, Event event) {
    List<Output> outputs = fixture.process(event);
    assertThat(outputs).hasSize(1);
    return ((Output.Rejected) outputs.get(0)).rejection().reason();
  }

  private static Output.Answer answerTo(EngineFixture fixture, Event query) {
    List<Output> outputs = fixture.process(query);
    return (Output.Answer) outputs.get(outputs.size() - 1);
  }
}
