package dev.hyperflow.engine.internal.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EarlyKeeperTest {
  private static final long WINDOW = 100;
  private static final long HOUR = EarlyKeeper.RETRACTION_WINDOW_MILLIS;

  private final InMemoryActivity store = new InMemoryActivity();
  private final EarlyKeeper keeper = new EarlyKeeper(store, WINDOW);

  @Test
  void shouldTakeTheFeedbackOfAQueryOnce() {
    keeper.keep(feedback(5, "f1", "q"), 5);
    keeper.keep(feedback(6, "f2", "q"), 6);
    keeper.keep(feedback(6, "f3", "other"), 6);

    assertThat(keeper.take(query(7, "q "), 7))
        .containsExactly(feedback(5, "f1", "q"), feedback(6, "f2", "q"));
    assertThat(keeper.take(query(7, "q"), 7)).isEmpty();
    assertThat(store.early("t").feedback()).containsExactly(feedback(6, "f3", "other"));
  }

  @Test
  void shouldLetFeedbackWaitForTheWindow() {
    keeper.keep(feedback(5, "f1", "q"), 5);
    keeper.keep(feedback(5, "f2", "r"), 5);

    assertThat(keeper.take(query(105, "q"), 105)).hasSize(1);
    assertThat(keeper.take(query(106, "r"), 106)).isEmpty();
  }

  @Test
  void shouldKeepTheLastFeedbackOfAnEventId() {
    keeper.keep(feedback(5, "f1", "q"), 5);
    keeper.keep(feedback(6, "f1", "q"), 6);

    assertThat(keeper.take(query(7, "q"), 7)).containsExactly(feedback(6, "f1", "q"));
  }

  @Test
  void shouldNameALabelByItsNewNameWhileItsFeedbackWaits() {
    keeper.keep(feedback(5, "f1", "q"), 5);
    String label = feedback(5, "f1", "q").label();

    keeper.relabel("t", label, "new", 6);
    keeper.relabel("t", "none", "other", 6);

    assertThat(keeper.take(query(7, "q"), 7))
        .extracting(Event.Feedback::eventId, Event.Feedback::label)
        .containsExactly(tuple("f1", "new"));
  }

  @Test
  void shouldRetractWhatHasAnEarlierTimestampForAnHour() {
    keeper.keep(new Event.Retract("t", 1_000, "e "), 1_000);

    assertThat(keeper.isRetracted(add("t", 999, "e"), 1_000)).isTrue();
    assertThat(keeper.isRetracted(add("t", 999, "e"), 1_000 + HOUR)).isTrue();
    assertThat(keeper.isRetracted(add("t", 999, "e"), 1_001 + HOUR)).isFalse();
    assertThat(keeper.isRetracted(add("t", 1_000, "e"), 1_000)).isFalse();
    assertThat(keeper.isRetracted(add("t", 999, "f"), 1_000)).isFalse();
    assertThat(keeper.isRetracted(add("u", 999, "e"), 1_000)).isFalse();
  }

  @Test
  void shouldKeepTheLatestRetractionOfAnId() {
    keeper.keep(new Event.Retract("t", 1_000, "e"), 1_000);
    keeper.keep(new Event.Retract("t", 500, "e"), 1_000);

    assertThat(keeper.isRetracted(add("t", 999, "e"), 1_000)).isTrue();
    assertThat(store.early("t").retractions()).hasSize(1);
  }

  @Test
  void shouldKeepSoManyEventsOfATenant() {
    IntStream.range(0, 3 * EarlyEvents.MAX_EVENTS)
        .forEach(i -> keeper.keep(new Event.Retract("t", 1_000, "e" + i), 1_000));
    IntStream.range(0, 100).forEach(i -> keeper.keep(feedback(5, i + "f".repeat(4_000), "q"), 5));

    assertThat(store.early("t").retractions()).hasSize(EarlyEvents.MAX_EVENTS);
    assertThat(store.early("t").retractions().get(0).eventId())
        .isEqualTo("e" + 2 * EarlyEvents.MAX_EVENTS);
    assertThat(store.early("t").feedback()).hasSize(8);
  }

  @Test
  void shouldDropWhatIsTooOldWhenMoreComes() {
    keeper.keep(new Event.Retract("t", 1_000, "old"), 1_000);
    keeper.keep(new Event.Retract("t", 2_000 + HOUR, "new"), 2_000 + HOUR);
    keeper.keep(new Event.Retract("t", 3, "late"), 2_000 + HOUR);

    assertThat(store.early("t").retractions())
        .containsExactly(new Event.Retract("t", 2_000 + HOUR, "new"));
  }

  private static Event.Feedback feedback(long time, String id, String queryId) {
    return new Event.Feedback("t", time, id, queryId, "red", ExampleTerms.ORDINARY);
  }

  private static Event.Query query(long time, String id) {
    return new Event.Query("t", time, id, new Payload.Text("hello"));
  }

  private static Event.Add add(String tenant, long time, String id) {
    return new Event.Add(tenant, time, id, "red", ExampleTerms.ORDINARY, new Payload.Text("hello"));
  }
}
