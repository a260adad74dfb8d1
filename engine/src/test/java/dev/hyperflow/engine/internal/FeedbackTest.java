package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.addAt;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static dev.hyperflow.engine.internal.EngineFixture.queryAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.models.ModelException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedbackTest {
  private static final Output.Ignored UNKNOWN = new Output.Ignored(0, Reason.UNKNOWN_QUERY);
  private static final Output.Ignored LATE = new Output.Ignored(0, Reason.LATE_FEEDBACK);
  private static final Event RED = add("t", "r1", "red", 1, 0);
  private static final Event BLUE = add("t", "b1", "blue", 0, 1);

  private final EngineFixture fixture = EngineFixture.create();

  @Test
  void shouldLearnFromTheFeaturesOfTheQuery() {
    fixture.process(query("t", "q", 0.6f, 0.4f));
    fixture.process(feedback(0, "f", "q", "red"));
    EngineFixture told = EngineFixture.create();
    told.process(add("t", "f", "red", 0.6f, 0.4f));

    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(told.tenants.meta("t").fingerprint());
  }

  @Test
  void shouldJudgeTheAnswerThatTheQueryGot() {
    // Given a query that was answered with blue, before examples came that would make it red
    fixture.process(RED, BLUE, query("t", "q", 0.1f, 0.9f));
    fixture.process(add("t", "r2", "red", 0.1f, 0.9f), new Event.Retract("t", 0, "b1"));

    List<Output> outputs = fixture.process(feedback(0, "f", "q", "red"));

    assertThat(outputs)
        .containsSubsequence(
            new Output.Applied(0), new Output.Tested(0, false, false, Optional.empty()));
  }

  @Test
  void shouldKnowAQueryOfTheSameBatch() {
    List<Output> outputs =
        fixture.process(RED, BLUE, query("t", "q", 1, 0), feedback(0, "f", "q", "red"));

    assertThat(Outcomes.of(Output.Tested.class, outputs))
        .contains(new Output.Tested(3, true, true, Optional.empty()));
    assertThat(outputs).contains(new Output.Applied(3));
    assertThat(Outcomes.answer(outputs).support().examples()).isEqualTo(2);
    assertThat(fixture.tenants.meta("t").examples()).isEqualTo(3);
  }

  @Test
  void shouldCountFeedbackOfAnUnknownQuery() {
    fixture.process(query("other", "q", 1, 0));

    assertThat(fixture.process(feedback(0, "f", "q", "red"))).containsExactly(UNKNOWN);
    assertThat(fixture.tenants.entries()).isZero();
  }

  @Test
  void shouldTakeFeedbackUntilTheWindowEndsInEventTime() {
    fixture.process(queryAt(5_000, "t", "q", 1, 0));

    assertThat(fixture.process(feedback(6_001, "f", "q", "red"))).containsExactly(LATE);
    assertThat(fixture.process(feedback(6_000, "f", "q", "red"))).contains(new Output.Applied(0));
  }

  @Test
  void shouldMeasureTheWindowByTheTimeThatTheTenantHasReached() {
    fixture.process(queryAt(5_000, "t", "q", 1, 0), addAt(6_001, "t", "r1", "red", 1, 0));

    assertThat(fixture.process(feedback(5_500, "f", "q", "red"))).containsExactly(LATE);
  }

  @Test
  void shouldTakeEffectWhenItsQueryComesWithinTheWindow() {
    fixture.process(RED, BLUE);
    assertThat(fixture.process(feedback(999, "f", "q", "red"))).containsExactly(UNKNOWN);

    List<Output> outputs = fixture.process(queryAt(1_000, "t", "q", 0.1f, 0.9f));

    assertThat(Outcomes.of(Output.FeedbackMet.class, outputs))
        .containsExactly(
            new Output.FeedbackMet(0, feedback(999, "f", "q", "red"), Optional.empty()));
    assertThat(Outcomes.of(Output.Tested.class, outputs)).hasSize(1);
    assertThat(Outcomes.label(outputs)).isEqualTo("blue");
    assertThat(fixture.tenants.slotOf("t", "f")).isPresent();
    // And it takes effect once
    assertThat(
            Outcomes.of(Output.FeedbackMet.class, fixture.process(queryAt(1_001, "t", "q", 1, 0))))
        .isEmpty();
  }

  @Test
  void shouldBeForgottenWithItsLabelWhileItWaits() {
    fixture.process(RED, BLUE, feedback(1, "f1", "q", "green"), feedback(2, "f2", "q", "red"));

    fixture.process(new Event.ForgetLabel("t", 3, "green"));

    assertThat(Outcomes.of(Output.FeedbackMet.class, fixture.process(queryAt(4, "t", "q", 1, 0))))
        .extracting(met -> met.feedback().label())
        .containsExactly("red");
    assertThat(fixture.tenants.meta("t").ring("green")).isEmpty();
  }

  @Test
  void shouldCountALabelAsForgottenThatWaitingFeedbackAloneHas() {
    fixture.process(RED, feedback(1, "f", "q", "green"));
    Event forget = new Event.ForgetLabel("t", 2, "green");

    assertThat(fixture.process(forget)).containsExactly(new Output.Applied(0));
    assertThat(fixture.tenants.meta("t").events()).isEqualTo(2);
    assertThat(fixture.process(forget))
        .containsExactly(new Output.Ignored(0, Reason.UNKNOWN_LABEL));
  }

  @Test
  void shouldCountALabelAsRenamedThatWaitingFeedbackAloneHas() {
    fixture.process(RED, feedback(1, "f", "q", "green"));

    assertThat(fixture.process(new Event.RenameLabel("t", 2, "green", "blue")))
        .containsExactly(new Output.Applied(0));
    assertThat(fixture.process(new Event.RenameLabel("t", 3, "blue", "blue")))
        .containsExactly(new Output.Ignored(0, Reason.UNKNOWN_LABEL));
    assertThat(fixture.process(new Event.MergeLabels("t", 3, "blue", "red")))
        .containsExactly(new Output.Applied(0));
    assertThat(fixture.tenants.meta("t").events()).isEqualTo(3);
    assertThat(fixture.process(new Event.RenameLabel("t", 4, "blue", "green")))
        .containsExactly(new Output.Ignored(0, Reason.UNKNOWN_LABEL));
  }

  @Test
  void shouldNotCountFeedbackAsWaitingThatIsPastItsWindow() {
    fixture.process(RED, feedback(1, "f", "q", "green"), feedback(2, "g", "r", "blue"));
    Output ignored = new Output.Ignored(0, Reason.UNKNOWN_LABEL);

    assertThat(fixture.process(new Event.ForgetLabel("t", 1_002, "green")))
        .containsExactly(ignored);
    assertThat(fixture.process(new Event.RenameLabel("t", 1_003, "blue", "navy")))
        .containsExactly(ignored);
    assertThat(fixture.process(new Event.MergeLabels("t", 1_003, "blue", "red")))
        .containsExactly(ignored);
    assertThat(fixture.tenants.meta("t").events()).isEqualTo(1);
  }

  @Test
  void shouldLearnTheSameBeforeAndAfterItsQuery() {
    fixture.process(RED, BLUE, feedback(5, "f", "q", "red"), queryAt(6, "t", "q", 0.5f, 0));
    EngineFixture after = EngineFixture.create();
    after.process(RED, BLUE, queryAt(6, "t", "q", 0.5f, 0), feedback(5, "f", "q", "red"));

    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(after.tenants.meta("t").fingerprint());
    assertThat(fixture.activity.content()).isEqualTo(after.activity.content());
  }

  @Test
  void shouldNotWaitLongerThanTheWindow() {
    fixture.process(RED, feedback(0, "f", "q", "red"));

    List<Output> outputs = fixture.process(queryAt(1_001, "t", "q", 1, 0));

    assertThat(Outcomes.of(Output.FeedbackMet.class, outputs)).isEmpty();
    assertThat(fixture.tenants.slotOf("t", "f")).isEmpty();
  }

  @Test
  void shouldSayWhyItChangedNothingAfterAll() {
    fixture.process(RED, feedback(5, "f", "q", "red"), new Event.Retract("t", 6, "f"));

    assertThat(Outcomes.of(Output.FeedbackMet.class, fixture.process(queryAt(7, "t", "q", 1, 0))))
        .containsExactly(
            new Output.FeedbackMet(0, feedback(5, "f", "q", "red"), Optional.of(Reason.RETRACTED)));
  }

  @Test
  void shouldBeForgottenWithItsTenantWhileItWaits() {
    fixture.process(RED, feedback(5, "f", "q", "red"), new Event.ForgetTenant("t", 6));

    assertThat(fixture.activity.content()).isEmpty();
    fixture.process(queryAt(7, "t", "q", 1, 0));
    assertThat(fixture.tenants.slotOf("t", "f")).isEmpty();
  }

  @Test
  void shouldIgnoreADuplicateAndJudgeOnce() {
    fixture.process(RED, BLUE, query("t", "q", 1, 0), feedback(0, "f", "q", "red"));
    Object quality = fixture.activity.content();

    assertThat(fixture.process(feedback(0, "f", "q", "red")))
        .containsExactly(new Output.Ignored(0, Reason.DUPLICATE));
    assertThat(fixture.activity.content()).isEqualTo(quality);
  }

  @Test
  void shouldNotKnowAQueryThatWasRejected() {
    fixture.process(RED);
    fixture.process(
        new Event.Query("t", 0, "q", new Payload.Features(FeatureVector.of(new float[2]))));

    assertThat(fixture.process(feedback(0, "f", "q", "red"))).containsExactly(UNKNOWN);
  }

  @Test
  void shouldLearnFromAQueryThatCouldNotBeAnsweredButJudgeNothing() {
    EngineFixture failing =
        EngineFixture.of(
            EngineFixture.MEMORY,
            EngineFixture.FRESH,
            EngineFixture.model(
                "bundle",
                new FakeIntegrator(
                    task -> {
                      throw new ModelException("out of memory");
                    })));
    failing.process(RED, BLUE, query("t", "q", 1, 0));

    assertThat(failing.process(feedback(0, "f", "q", "red")))
        .containsExactly(new Output.Applied(0));
  }

  @Test
  void shouldTakeFeedbackBack() {
    fixture.process(RED, BLUE, query("t", "q", 1, 0), feedback(0, "f", "q", "blue"));
    fixture.process(new Event.Retract("t", 0, "f"));
    EngineFixture never = EngineFixture.create();
    never.process(RED, BLUE);

    assertThat(Outcomes.answer(fixture.process(query("t", "q2", 1, 0))).verdict())
        .isEqualTo(Outcomes.answer(never.process(query("t", "q2", 1, 0))).verdict());
    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(never.tenants.meta("t").fingerprint());
  }

  @Test
  void shouldRememberWhatWasAnsweredAndWhichLabelCame() {
    Output.Verdict verdict =
        Outcomes.answer(fixture.process(RED, BLUE, query("t", "q", 1, 0))).verdict();
    assertThat(remembered().answer()).contains(GivenAnswer.of(verdict));
    assertThat(remembered().feedback()).isEmpty();

    fixture.process(feedback(0, "f", "q", "blue"), feedback(0, "f", "q", "green"));
    assertThat(remembered().feedback()).contains(new GivenLabel("green", "f"));
    assertThat(remembered().answer()).contains(GivenAnswer.of(verdict));

    fixture.process(new Event.Retract("t", 0, "f"));
    assertThat(remembered().feedback()).isEmpty();
  }

  @Test
  void shouldRememberThatThereWasNoLabelToAnswer() {
    fixture.process(query("t", "q", 1, 0));

    assertThat(remembered().answer().orElseThrow().status()).contains(AnswerStatus.NO_LABELS);
  }

  @Test
  void shouldTakeBackALabelOfTheSameBatch() {
    fixture.process(
        RED, query("t", "q", 1, 0), feedback(0, "f", "q", "blue"), new Event.Retract("t", 0, "f"));

    assertThat(remembered().feedback()).isEmpty();
  }

  @Test
  void shouldMeasureAnAnswerOnceWhateverIsTakenBackAndGivenAgain() {
    fixture.process(RED, BLUE, query("t", "q", 1, 0), feedback(0, "f", "q", "red"));

    fixture.process(new Event.Retract("t", 0, "f"));
    List<Output> again =
        fixture.process(feedback(0, "f", "q", "red"), feedback(0, "g", "q", "red"));

    assertThat(Outcomes.of(Output.Tested.class, again)).isEmpty();
    assertThat(again).contains(new Output.Applied(0), new Output.Applied(1));
  }

  private RememberedQuery remembered() {
    return fixture.queries.query("t", "q").orElseThrow();
  }

  @Test
  void shouldForgetQueriesWithTheirTenant() {
    fixture.process(RED, query("t", "q", 1, 0), new Event.ForgetTenant("t", 0));

    assertThat(fixture.process(feedback(0, "f", "q", "red"))).containsExactly(UNKNOWN);
    assertThat(fixture.queries.content()).isEmpty();
  }

  @Test
  void shouldRememberNoQueryAndRefuseFeedbackWithoutAWindow() {
    EngineFixture without =
        EngineFixture.of(EngineFixture.MEMORY, new QuerySettings(Consistency.FRESH, 0, 0, 4));
    without.process(RED, query("t", "q", 1, 0));

    assertThat(Outcomes.reason(without.process(feedback(0, "f", "q", "red"))))
        .isEqualTo(Reason.UNSUPPORTED_OPERATION);
    assertThat(without.queries.content()).isEmpty();
  }

  @Test
  void shouldJudgeAnAnswerOfAnEarlierNameByTheNewOne() {
    fixture.process(RED, BLUE, query("t", "q", 1, 0));
    fixture.process(new Event.RenameLabel("t", 0, "red", "scarlet"));

    assertThat(Outcomes.of(Output.Tested.class, fixture.process(feedback(0, "f", "q", "scarlet"))))
        .containsExactly(new Output.Tested(0, true, true, Optional.empty()));
  }

  @Test
  void shouldJudgeAnAnswerOfALabelThatWasMergedIntoAnotherInTheSameBatch() {
    List<Output> outputs =
        fixture.process(
            RED,
            BLUE,
            query("t", "q", 1, 0),
            new Event.MergeLabels("t", 0, "red", "blue"),
            feedback(0, "f", "q", "blue"));

    assertThat(Outcomes.of(Output.Tested.class, outputs))
        .contains(new Output.Tested(4, true, true, Optional.empty()));
  }

  @Test
  void shouldMakeTheOldLabelAgainByFeedbackThatNamesIt() {
    fixture.process(RED, BLUE, query("t", "q", 1, 0));
    fixture.process(new Event.RenameLabel("t", 0, "red", "scarlet"));

    List<Output> outputs = fixture.process(feedback(0, "f", "q", "red"));

    assertThat(outputs).contains(new Output.Applied(0));
    assertThat(Outcomes.of(Output.Tested.class, outputs))
        .containsExactly(new Output.Tested(0, false, false, Optional.empty()));
    assertThat(fixture.tenants.meta("t").ring("red")).isPresent();
  }

  @Test
  void shouldLearnFromWhatFeedbackBringsWhereTheQueryIsUnknown() {
    fixture.process(whole(0, "f", "q", "red"));
    EngineFixture told = EngineFixture.create();
    told.process(add("t", "f", "red", 0.6f, 0.4f));

    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(told.tenants.meta("t").fingerprint());
    // And it does not wait for the query
    assertThat(Outcomes.of(Output.FeedbackMet.class, fixture.process(query("t", "q", 1, 0))))
        .isEmpty();
  }

  @Test
  void shouldPreferTheQueryToWhatFeedbackBrings() {
    fixture.process(RED, BLUE, query("t", "q", 0.9f, 0.1f));

    List<Output> outputs = fixture.process(whole(0, "f", "q", "blue"));

    // The answer was judged, and the query's features were learned
    assertThat(Outcomes.of(Output.Tested.class, outputs))
        .containsExactly(new Output.Tested(0, false, false, Optional.empty()));
    EngineFixture told = EngineFixture.create();
    told.process(RED, BLUE, add("t", "f", "blue", 0.9f, 0.1f));
    assertThat(fixture.tenants.meta("t").fingerprint())
        .isEqualTo(told.tenants.meta("t").fingerprint());
  }

  @Test
  void shouldLearnFromWhatFeedbackBringsWhereItComesTooLate() {
    fixture.process(queryAt(5_000, "t", "q", 1, 0));

    assertThat(fixture.process(whole(6_001, "f", "q", "red"))).contains(new Output.Applied(0));
  }

  private static Event.Feedback whole(
      long timestampMillis, String id, String queryId, String label) {
    return new Event.Feedback(
        "t",
        timestampMillis,
        id,
        queryId,
        label,
        ExampleTerms.ORDINARY,
        Optional.of(add("t", "any", "any", 0.6f, 0.4f).payload()));
  }

  private static Event.Feedback feedback(
      long timestampMillis, String id, String queryId, String label) {
    return new Event.Feedback("t", timestampMillis, id, queryId, label, ExampleTerms.ORDINARY);
  }
}
