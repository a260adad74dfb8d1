package dev.hyperflow.engine.internal.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.heap.InMemoryRecentQueries;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentQueriesTest {
  private static final long WINDOW = 100;
  private static final int ALL = 1_000;

  private final InMemoryRecentQueries store = new InMemoryRecentQueries();
  private final RecentQueries recent = new RecentQueries(store, WINDOW);

  @Test
  void shouldKnowAQueryBeforeItsAnswerWithoutWritingIt() {
    recent.asked("t", "q", at(0, "none"));

    assertThat(recent.find("t", "q")).contains(at(0, "none"));
    assertThat(store.content()).isEmpty();
  }

  @Test
  void shouldWriteAQueryOnceItIsAnswered() {
    recent.asked("t", "q", at(0, "none"));
    recent.settled("t", "q", at(0, "red"));

    assertThat(recent.find("t", "q")).contains(at(0, "red"));
    assertThat(recent.settled("t", "q")).contains(at(0, "red"));
    assertThat(store.query("t", "q")).contains(at(0, "red"));
  }

  @Test
  void shouldPreferTheQueryThatWaitsToAnEarlierOneOfItsId() {
    recent.settled("t", "q", at(0, "red"));
    recent.asked("t", "q", at(5, "none"));

    assertThat(recent.find("t", "q")).contains(at(5, "none"));
    assertThat(recent.settled("t", "q")).contains(at(0, "red"));
  }

  @Test
  void shouldTakeLabelsToTheEndOfTheWindow() {
    recent.settled("t", "q", at(50, "red"));

    RememberedQuery query = recent.find("t", "q").orElseThrow();
    assertThat(recent.isTooOld(query, 50 + WINDOW)).isFalse();
    assertThat(recent.isTooOld(query, 51 + WINDOW)).isTrue();
    assertThat(recent.isTooOld(query, 0)).isFalse();
    assertThat(recent.find("u", "q")).isEmpty();
    assertThat(recent.find("t", "r")).isEmpty();
  }

  @Test
  void shouldFindAQueryByTheNormalFormOfItsId() {
    recent.asked("t", "q ", at(0, "none"));
    assertThat(recent.find("t", "q")).contains(at(0, "none"));

    recent.settled("t", "q ", at(0, "red"));
    assertThat(recent.find("t", " q")).contains(at(0, "red"));
  }

  @Test
  void shouldKeepQueriesOfAWindowWithoutEnd() {
    RecentQueries endless = new RecentQueries(store, Long.MAX_VALUE);
    endless.settled("t", "q", at(0, "red"));
    endless.settled("t", "r", at(1_000, "red"));

    endless.sweep(ALL);

    assertThat(endless.find("t", "q")).isPresent();
  }

  @Test
  void shouldForgetOneTenantAlone() {
    recent.settled("t", "q", at(0, "red"));
    recent.settled("u", "q", at(0, "red"));

    recent.forget("t");

    assertThat(recent.find("t", "q")).isEmpty();
    assertThat(recent.find("u", "q")).isPresent();
  }

  @Test
  void shouldSweepWhatIsOlderThanTwoWindows() {
    recent.settled("t", "old", at(0, "red"));
    recent.settled("t", "edge", at(1, "red"));
    recent.settled("t", "new", at(1 + 2 * WINDOW, "red"));

    recent.sweep(ALL);

    assertThat(store.query("t", "old")).isEmpty();
    assertThat(store.query("t", "edge")).isPresent();
    assertThat(store.query("t", "new")).isPresent();
  }

  @Test
  void shouldRememberNothingWithoutAWindow() {
    RecentQueries off = new RecentQueries(store, 0);

    off.asked("t", "q", at(0, "none"));
    assertThat(off.find("t", "q")).isEmpty();
    off.settled("t", "q", at(0, "red"));

    assertThat(off.find("t", "q")).isEmpty();
    assertThat(store.content()).isEmpty();
  }

  @Test
  void shouldRememberTheLabelOfFeedbackUntilItIsRetracted() {
    recent.settled("t", "q", at(0, "red"));
    recent.labelled("t", "q", new GivenLabel("blue", "e"), true);
    assertThat(recent.settled("t", "q").orElseThrow().feedback())
        .contains(new GivenLabel("blue", "e"));

    recent.retracted("u", "e");
    recent.retracted("t", "another");
    assertThat(recent.settled("t", "q").orElseThrow().feedback()).isPresent();

    recent.retracted("t", "e");
    RememberedQuery open = recent.settled("t", "q").orElseThrow();
    assertThat(open.feedback()).isEmpty();
    assertThat(open.measured()).isTrue();
  }

  @Test
  void shouldFindTheEventByAnyFormOfItsId() {
    recent.settled("t", "q", at(0, "red"));
    recent.labelled("t", "q", new GivenLabel("blue", "\u00e9"), true);

    recent.retracted("t", "e\u0301");

    assertThat(recent.settled("t", "q").orElseThrow().feedback()).isEmpty();
  }

  @Test
  void shouldKeepTheLastOfTwoLabels() {
    recent.settled("t", "q", at(0, "red"));
    recent.labelled("t", "q", new GivenLabel("blue", "e"), true);
    recent.labelled("t", "q", new GivenLabel("green", "f"), false);

    recent.retracted("t", "e");

    RememberedQuery query = recent.settled("t", "q").orElseThrow();
    assertThat(query.feedback()).contains(new GivenLabel("green", "f"));
    assertThat(query.measured()).isTrue();
  }

  @Test
  void shouldForgetWhichEventGaveALabelWithTheQuery() {
    recent.settled("t", "q", at(0, "red"));
    recent.labelled("t", "q", new GivenLabel("blue", "e"), true);
    recent.settled("t", "new", at(1 + 2 * WINDOW, "red"));

    recent.sweep(ALL);

    assertThat(store.labelledBy("t", "e")).isEmpty();
  }

  private static RememberedQuery at(long timestampMillis, String label) {
    return new RememberedQuery(
        timestampMillis,
        FeatureVector.of(new float[] {1}),
        "",
        Optional.empty(),
        Optional.of(
            new GivenAnswer(
                Optional.of(AnswerStatus.PERSONALISED),
                Optional.of(label),
                Optional.of("initial"),
                0.5f,
                Optional.empty())));
  }
}
