package dev.hyperflow.demo.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.demo.scenario.DataSet;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioBuilder;
import dev.hyperflow.demo.scenario.ScenarioSettings;
import dev.hyperflow.demo.scenario.ScenarioStep;
import dev.hyperflow.engine.internal.texts.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PredictionLedgerTest {

  private static final String WRONG = "wrong";

  private final Scenario scenario =
      ScenarioBuilder.build(data(), new ScenarioSettings(1, Duration.ofMinutes(10), 10_000));
  private final PredictionLedger ledger = new PredictionLedger(scenario);

  @Test
  void shouldPassARunThatAnswersEverythingOnceAndBetterThanBefore() {
    sendAll();
    queries().forEach(query -> ledger.answered(answer(query, query.label(), WRONG), 0));
    broken().forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));

    LedgerSnapshot end = ledger.snapshot();

    assertThat(end.isSettled()).isTrue();
    assertThat(end.answered()).isEqualTo(queries().size());
    assertThat(DemoVerdict.of(end, 0).withAccuracyOf(end).failures()).isEmpty();
  }

  @Test
  void shouldFailARunInWhichNothingCouldBeJudged() {
    LedgerSnapshot end = new PredictionLedger(scenario).snapshot();

    assertThat(new DemoVerdict(List.of(), List.of(), false).withSomethingJudged(end).failures())
        .singleElement()
        .asString()
        .startsWith("no query could be judged");
    sendAll();
    queries().forEach(query -> right(query));
    assertThat(DemoVerdict.ofStopped(ledger.snapshot()).withSomethingJudged(ledger.snapshot()))
        .isEqualTo(DemoVerdict.ofStopped(ledger.snapshot()));
  }

  @Test
  void shouldFailARunWithAQueryLeftUnanswered() {
    sendAll();
    queries().stream().skip(1).forEach(query -> right(query));
    broken().forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));

    assertThat(DemoVerdict.of(ledger.snapshot(), 0).failures())
        .containsExactly("1 of " + queries().size() + " queries have no answer");
    assertThat(ledger.inFlight()).isEqualTo(1);
  }

  @Test
  void shouldFailARunWithAnAnswerThatCameTwiceOrToNoQuery() {
    sendAll();
    queries().forEach(query -> right(query));
    right(queries().get(0));
    ledger.answered(new Answer("nobody-asked", "a", "b", false, 0), 0);
    broken().forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));

    assertThat(DemoVerdict.of(ledger.snapshot(), 0).failures())
        .containsExactly("1 answers came twice", "1 answers to queries that nobody sent");
  }

  @Test
  void shouldFailARunWhoseDeadLettersAreNotTheBrokenRecords() {
    sendAll();
    queries().forEach(query -> right(query));
    List<ScenarioStep.Broken> broken = broken();
    broken.stream()
        .skip(1)
        .forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));
    ledger.deadLettered(where(broken.get(1)), broken.get(1).breakage().reason());
    ledger.deadLettered(new Coordinates("elsewhere", 0, 5), "OTHER_REASON");

    assertThat(DemoVerdict.of(ledger.snapshot(), 0).failures())
        .containsExactly(
            "1 of " + broken.size() + " broken records are missing from the dead letters",
            "1 dead letters came twice",
            "1 sound records are among the dead letters, one for OTHER_REASON of elsewhere-0@5");
  }

  @Test
  void shouldFailARunWhereAdaptationDidNotHelp() {
    sendAll();
    queries().forEach(query -> ledger.answered(answer(query, query.label(), query.label()), 0));
    broken().forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));

    assertThat(DemoVerdict.of(ledger.snapshot(), 3).failures())
        .first()
        .isEqualTo("3 records of the scenario are unsent");
    assertThat(DemoVerdict.of(ledger.snapshot(), 0).failures()).isEmpty();
    assertThat(DemoVerdict.of(ledger.snapshot(), 0).withAccuracyOf(ledger.snapshot()).failures())
        .singleElement()
        .asString()
        .startsWith("adaptation did not beat the prototype head");
  }

  @Test
  void shouldFailARunThatLostOrDoubledALabel() {
    assertThat(verdictWithLabelsApplied(examples() - 1).failures())
        .singleElement()
        .asString()
        .contains("bank: ", "labels were lost");
    assertThat(verdictWithLabelsApplied(examples() + 1).failures())
        .singleElement()
        .asString()
        .contains("bank: ", "labels were doubled");
  }

  private DemoVerdict verdictWithLabelsApplied(long applied) {
    PredictionLedger fresh = new PredictionLedger(scenario);
    sendAll(fresh);
    queries()
        .forEach(
            query ->
                fresh.answered(
                    new Answer(query.queryId(), query.label(), WRONG, false, applied), 0));
    broken().forEach(step -> fresh.deadLettered(where(step), step.breakage().reason()));
    return DemoVerdict.of(fresh.snapshot(), 0);
  }

  @Test
  void shouldFailARunThatHurtItsLatestQueriesThoughItHelpedBefore() {
    sendAll();
    int all = queries().size();
    queries().stream().limit(all - 100).forEach(this::right);
    queries().stream()
        .skip(all - 100)
        .limit(4)
        .forEach(query -> ledger.answered(answer(query, WRONG, query.label()), 0));
    queries().stream()
        .skip(all - 96)
        .forEach(query -> ledger.answered(answer(query, query.label(), query.label()), 0));
    broken().forEach(step -> ledger.deadLettered(where(step), step.breakage().reason()));

    LedgerSnapshot end = ledger.snapshot();

    assertThat(DemoVerdict.of(end, 0).withAccuracyOf(end).failures())
        .containsExactly("adaptation hurt bank: -4.0 points in its last 100 queries");
  }

  @Test
  void shouldOnlyNoteThatAFewQueriesAreTooFewAndFailWhenThereAreNone() {
    assertThat(DemoVerdict.of(ledger.snapshot(), 0).withAccuracyOf(ledger.snapshot()).failures())
        .containsExactly("no answer has a known true label");

    ScenarioStep.Query query = queries().get(0);
    ledger.querySent(query);
    ledger.answered(answer(query, WRONG, query.label()), 0);
    DemoVerdict few = DemoVerdict.of(ledger.snapshot(), 0).withAccuracyOf(ledger.snapshot());

    assertThat(few.failures()).isEmpty();
    assertThat(few.notes())
        .containsExactly("1 judged queries are too few to judge accuracy; it takes 300");
  }

  @Test
  void shouldNotAskAStoppedRunToBeComplete() {
    sendAll();

    assertThat(DemoVerdict.ofStopped(ledger.snapshot()).failures()).isEmpty();
    assertThat(DemoVerdict.ofStopped(ledger.snapshot()).stoppedEarly()).isTrue();
    right(queries().get(0));
    right(queries().get(0));
    assertThat(DemoVerdict.ofStopped(ledger.snapshot()).failures())
        .containsExactly("1 answers came twice");
  }

  @Test
  void shouldJudgeTheLatestHundredApartFromTheWholeRun() {
    List<ScenarioStep.Query> queries = queries();
    assertThat(queries).hasSizeGreaterThan(150);
    queries.forEach(ledger::querySent);
    queries.stream().limit(30).forEach(query -> ledger.answered(answer(query, WRONG, WRONG), 0));
    queries.stream().skip(30).limit(100).forEach(this::right);

    TenantTally tenant = ledger.snapshot().tenants().get(0);

    assertThat(tenant.recent()).isEqualTo(new Accuracy(100, 0, 100));
    assertThat(tenant.total()).isEqualTo(new Accuracy(130, 0, 100));
  }

  @Test
  void shouldNotJudgeAnswersGivenWithoutALabel() {
    ScenarioStep.Query query = queries().get(0);
    ledger.querySent(query);
    ledger.answered(new Answer(query.queryId(), Answer.NONE, Answer.NONE, false, 0), 0);

    TenantTally tenant = ledger.snapshot().tenants().get(0);

    assertThat(tenant.total().isKnown()).isFalse();
    assertThat(tenant.counts().withoutHead()).isEqualTo(1);
    assertThat(tenant.counts().answered()).isEqualTo(1);
  }

  @Test
  void shouldCountAndJudgeAnswersOutOfScope() {
    ScenarioStep.Query query = queries().get(0);
    ledger.querySent(query);
    ledger.answered(new Answer(query.queryId(), query.label(), WRONG, true, 1), 0);

    assertThat(ledger.snapshot().noneOfThese()).isEqualTo(1);
    assertThat(ledger.snapshot().tenants().get(0).total()).isEqualTo(new Accuracy(1, 0, 1));
  }

  @Test
  void shouldTimeALabelUntilTheFirstAnswerThatUsesIt() {
    List<ScenarioStep.Support> labels =
        scenario.steps().stream()
            .filter(ScenarioStep.Support.class::isInstance)
            .map(ScenarioStep.Support.class::cast)
            .limit(4)
            .toList();
    List<ScenarioStep.Query> queries = queries();
    ledger.exampleSentEarlier(labels.get(0));
    ledger.exampleSent(labels.get(1), 1_000);
    ledger.exampleSent(labels.get(2), 1_100);
    ledger.exampleSent(labels.get(3), 1_200);

    ledger.answered(new Answer(queries.get(0).queryId(), "a", "b", false, 1), 1_300);
    assertThat(latency()).isEmpty();
    ledger.answered(new Answer(queries.get(1).queryId(), "a", "b", false, 3), 1_600);
    assertThat(latency()).hasValue(500);
    ledger.answered(new Answer(queries.get(2).queryId(), "a", "b", false, 4), 2_200);

    // 600, 500 and 1,000 ms; the one of the earlier run is not timed.
    assertThat(latency()).hasValue(600);
  }

  @Test
  void shouldMatchADeadLetterThatIsSeenBeforeItsRecordIsKnown() {
    ScenarioStep.Broken step = broken().get(0);
    ledger.deadLettered(where(step), step.breakage().reason());
    assertThat(ledger.snapshot().deadLetters().unexpected()).isEqualTo(1);

    ledger.brokenSent(step, where(step));

    assertThat(ledger.snapshot().deadLetters().unexpected()).isZero();
    assertThat(ledger.snapshot().deadLetters().matched()).isEqualTo(1);
  }

  @Test
  void shouldWaitForRoomAmongTheQueriesInFlight() throws Exception {
    queries().stream().limit(3).forEach(ledger::querySent);
    assertThat(ledger.awaitInFlightBelow(3, Duration.ofMillis(1))).isFalse();

    Thread observer = new Thread(() -> right(queries().get(0)), "observer");
    observer.start();

    assertThat(ledger.awaitInFlightBelow(3, Duration.ofSeconds(30))).isTrue();
    observer.join();
  }

  private OptionalLong latency() {
    return ledger.snapshot().tenants().get(0).labelToAnswerMillis();
  }

  private void sendAll() {
    sendAll(ledger);
  }

  private void sendAll(PredictionLedger ledger) {
    for (ScenarioStep step : scenario.steps()) {
      if (step instanceof ScenarioStep.Support support) {
        ledger.exampleSent(support, 0);
      } else if (step instanceof ScenarioStep.Query query) {
        ledger.querySent(query);
      } else if (step instanceof ScenarioStep.Broken broken) {
        ledger.brokenSent(broken, where(broken));
      }
    }
  }

  private void right(ScenarioStep.Query query) {
    ledger.answered(answer(query, query.label(), WRONG), 0);
  }

  private Answer answer(ScenarioStep.Query query, String label, String initialLabel) {
    return new Answer(query.queryId(), label, initialLabel, false, examples());
  }

  private static Coordinates where(ScenarioStep.Broken step) {
    return new Coordinates("source", 0, step.index());
  }

  private long examples() {
    return scenario.steps().stream().filter(ScenarioStep.Support.class::isInstance).count();
  }

  private List<ScenarioStep.Query> queries() {
    return scenario.steps().stream()
        .filter(ScenarioStep.Query.class::isInstance)
        .map(ScenarioStep.Query.class::cast)
        .toList();
  }

  private List<ScenarioStep.Broken> broken() {
    return scenario.steps().stream()
        .filter(ScenarioStep.Broken.class::isInstance)
        .map(ScenarioStep.Broken.class::cast)
        .toList();
  }

  private static DataSet data() {
    List<Utterance> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(new Utterance("bank", "label-" + i % 6, "message " + i));
    }
    return DataSet.of(all);
  }
}
