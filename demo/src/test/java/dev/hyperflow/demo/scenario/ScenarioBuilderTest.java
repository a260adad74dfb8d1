package dev.hyperflow.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.texts.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioBuilderTest {

  private static final ScenarioSettings SETTINGS = ScenarioSettings.of(7, Duration.ofMinutes(1));
  private static final long MILLIS = 60_000;

  @Test
  void shouldGiveTheSameStepsForTheSameSeedAndOthersForAnother() {
    Scenario first = ScenarioBuilder.build(data(), SETTINGS);
    Scenario again = ScenarioBuilder.build(data(), SETTINGS);
    Scenario other = ScenarioBuilder.build(data(), ScenarioSettings.of(8, Duration.ofMinutes(1)));

    assertThat(again.steps()).isEqualTo(first.steps());
    assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void shouldNumberStepsInTheOrderTheyAreDue() {
    List<ScenarioStep> steps = ScenarioBuilder.build(data(), SETTINGS).steps();

    for (int i = 0; i < steps.size(); i++) {
      assertThat(steps.get(i).index()).isEqualTo(i);
      if (i > 0) {
        assertThat(steps.get(i).dueMillis()).isGreaterThanOrEqualTo(steps.get(i - 1).dueMillis());
      }
    }
    assertThat(steps.get(steps.size() - 1).dueMillis()).isLessThanOrEqualTo(MILLIS);
  }

  @Test
  void shouldUseEveryMessageAsExampleOrAsQueryNeverAsBoth() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    List<String> examples =
        supports(scenario).stream().map(step -> step.tenant() + step.text()).toList();
    Set<String> asked = new HashSet<>();
    queries(scenario).forEach(step -> asked.add(step.tenant() + step.text()));

    assertThat(examples).doesNotHaveDuplicates().doesNotContainAnyElementsOf(asked);
    assertThat(examples.size() + asked.size()).isEqualTo(data().size());
  }

  @Test
  void shouldAskQueriesAgainWhenThereIsRoom() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    assertThat(supports(scenario).size() + queries(scenario).size())
        .isEqualTo(SETTINGS.maxEvents());
  }

  @Test
  void shouldUseATextThatComesTwiceOnlyOnce() {
    List<Utterance> twice = new ArrayList<>(labelled("shop", 4, 10));
    twice.add(new Utterance("shop", "other", "shop message 1 about topic-0"));

    assertThat(DataSet.of(twice).size()).isEqualTo(40);
  }

  @Test
  void shouldGiveEveryRecordAnIdentifierOfItsOwn() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    List<String> ids = new ArrayList<>();
    supports(scenario).forEach(step -> ids.add(step.eventId()));
    queries(scenario).forEach(step -> ids.add(step.queryId()));

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void shouldBringOneLabelOnlyInMidStream() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    assertThat(firstDue(scenario, "bank", "topic-4")).isGreaterThanOrEqualTo(MILLIS / 2);
    assertThat(firstDue(scenario, "bank", "topic-3")).isLessThan(MILLIS / 4);
    assertThat(queries(scenario))
        .filteredOn(step -> step.tenant().equals("bank") && step.label().equals("topic-4"))
        .isNotEmpty()
        .allMatch(step -> step.dueMillis() >= MILLIS / 2);
  }

  @Test
  void shouldLetTheTenantWithoutLabelsJoinLate() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    assertThat(scenario.tenants()).containsExactly("bank", "shop", "clinic");
    assertThat(supports(scenario)).noneMatch(step -> step.tenant().equals("clinic"));
    assertThat(queries(scenario))
        .filteredOn(step -> step.tenant().equals("clinic"))
        .hasSize(SETTINGS.maxEvents() / 10)
        .allMatch(step -> step.dueMillis() > MILLIS / 2);
  }

  @Test
  void shouldBreakARecordInEveryWayOnEveryStreamItAppliesTo() {
    Set<String> found = new HashSet<>();
    for (ScenarioStep step : ScenarioBuilder.build(data(), SETTINGS).steps()) {
      if (step instanceof ScenarioStep.Broken broken) {
        found.add(broken.stream() + " " + broken.breakage());
      }
    }

    assertThat(found)
        .hasSize(2 * Breakage.values().length - 1)
        .contains("SUPPORT UNKNOWN_OPERATION", "QUERIES NULL_KEY", "SUPPORT NAN_FEATURES");
  }

  @Test
  void shouldCloseWithQueriesOnly() {
    Scenario scenario = ScenarioBuilder.build(data(), SETTINGS);

    List<ScenarioStep> closing =
        scenario.steps().subList(scenario.closingIndex(), scenario.steps().size());

    assertThat(closing).isNotEmpty().allMatch(step -> step instanceof ScenarioStep.Query);
    assertThat(closing).extracting(ScenarioStep::tenant).contains("bank", "shop");
  }

  @Test
  void shouldKeepToTheMostEventsAllowed() {
    ScenarioSettings few = new ScenarioSettings(7, Duration.ofMinutes(1), 60);

    Scenario scenario = ScenarioBuilder.build(data(), few);

    int events = supports(scenario).size() + queries(scenario).size();
    assertThat(events).isBetween(50, 60);
    assertThat(supports(scenario)).extracting(ScenarioStep.Support::label).contains("topic-0");
  }

  private static DataSet data() {
    List<Utterance> all = new ArrayList<>(labelled("bank", 5, 20));
    all.addAll(labelled("shop", 4, 20));
    for (int i = 0; i < 20; i++) {
      all.add(new Utterance("clinic", Utterance.UNLABELLED, "clinic message " + i));
    }
    return DataSet.of(all);
  }

  private static List<Utterance> labelled(String tenant, int labels, int each) {
    List<Utterance> all = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      for (int i = 0; i < each; i++) {
        String topic = "topic-" + label;
        all.add(new Utterance(tenant, topic, tenant + " message " + i + " about " + topic));
      }
    }
    return all;
  }

  private static long firstDue(Scenario scenario, String tenant, String label) {
    return supports(scenario).stream()
        .filter(step -> step.tenant().equals(tenant) && step.label().equals(label))
        .mapToLong(ScenarioStep.Support::dueMillis)
        .min()
        .orElseThrow();
  }

  private static List<ScenarioStep.Support> supports(Scenario scenario) {
    return scenario.steps().stream()
        .filter(ScenarioStep.Support.class::isInstance)
        .map(ScenarioStep.Support.class::cast)
        .toList();
  }

  private static List<ScenarioStep.Query> queries(Scenario scenario) {
    return scenario.steps().stream()
        .filter(ScenarioStep.Query.class::isInstance)
        .map(ScenarioStep.Query.class::cast)
        .toList();
  }
}
