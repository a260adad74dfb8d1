package dev.hyperflow.topology.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recent queries over a real RocksDB store. */
class KafkaRecentQueryStoreTest {
  private static final long WINDOW = 1_000;

  @TempDir Path directory;
  private RocksDbStores stores;
  private KafkaRecentQueryStore store;

  @BeforeEach
  void openStore() {
    stores = new RocksDbStores(directory);
    store = new KafkaRecentQueryStore(stores.open("queries"), FeaturePrecision.FLOAT32);
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  @Test
  void shouldGiveBackWhatWasKept() {
    RememberedQuery answered = query(5, Optional.of("red"), Optional.of("blue"));
    RememberedQuery unanswered = query(6, Optional.empty(), Optional.empty());
    store.putQuery("t", "q1", answered);
    store.putQuery("t", "q2", unanswered);

    assertThat(store.query("t", "q1")).contains(answered);
    assertThat(store.query("t", "q2")).contains(unanswered);
    assertThat(store.query("t", "q3")).isEmpty();
  }

  @Test
  void shouldReplaceAQuery() {
    store.putQuery("t", "q", at(5));
    store.putQuery("t", "q", at(9));

    assertThat(store.query("t", "q")).contains(at(9));
  }

  @Test
  void shouldReplaceTheQueriesOfATenantAndOfNoOther() {
    RememberedQuery before = query(5, Optional.of("red"), Optional.of("blue"));
    RememberedQuery after = query(5, Optional.of("scarlet"), Optional.of("blue"));
    store.putQuery("t", "q1", before);
    store.putQuery("t", "q2", at(6));
    store.putQuery("tt", "q1", before);
    RememberedQuery labelled =
        new RememberedQuery(
            7,
            before.features(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new GivenLabel("red", "f")),
            true);
    store.putQuery("t", "q3", labelled);

    store.replaceQueries("t", query -> query.equals(before) ? after : query);

    assertThat(store.query("t", "q1")).contains(after);
    assertThat(store.query("t", "q2")).contains(at(6));
    assertThat(store.query("tt", "q1")).contains(before);
    assertThat(store.query("t", "q3")).contains(labelled);
    assertThat(store.labelledBy("t", "f")).contains("q3");
  }

  @Test
  void shouldRemoveTheQueriesOfATenantAndOfNoOther() {
    List<String> others = List.of("tt", "", "t\u0000", "s");
    Stream.concat(Stream.of("t"), others.stream())
        .forEach(
            tenant -> {
              store.putQuery(tenant, "q1", at(5));
              store.putQuery(tenant, "q2", at(5));
            });

    store.removeQueries("t");

    assertThat(store.query("t", "q1")).isEmpty();
    assertThat(store.query("t", "q2")).isEmpty();
    for (String other : others) {
      assertThat(store.query(other, "q1")).isPresent();
      assertThat(store.query(other, "q2")).isPresent();
    }
  }

  @Test
  void shouldSweepWhatIsOlderThanTheWindow() {
    store.putQuery("t", "new", at(5_000));
    store.putQuery("t", "old", at(5_000 - WINDOW - 1));
    store.putQuery("t", "just", at(5_000 - WINDOW));

    sweepTwice();

    assertThat(store.query("t", "old")).isEmpty();
    assertThat(store.query("t", "just")).isPresent();
    assertThat(store.query("t", "new")).isPresent();
  }

  @Test
  void shouldNotSweepOneTenantByTheTimeOfAnother() {
    // Given tenants whose clocks are far apart, the neighbours of one in the store ahead of it
    store.putQuery("a", "q", at(9_000_000));
    store.putQuery("b", "q1", at(10));
    store.putQuery("b", "q2", at(20));
    store.putQuery("c", "q", at(9_000_000));

    sweepTwice();
    sweepTwice();

    assertThat(store.query("b", "q1")).isPresent();
    assertThat(store.query("b", "q2")).isPresent();
  }

  @Test
  void shouldNotTakeTheTimeOfTheLastTenantIntoTheNextRound() {
    store.putQuery("a", "q", at(10));
    store.putQuery("b", "q", at(9_000_000));
    store.sweep(WINDOW, 2); // stops at b
    store.sweep(WINDOW, 2); // reaches the end
    store.sweep(WINDOW, 2); // begins anew, with a after b

    assertThat(store.query("a", "q")).isPresent();
    assertThat(store.query("b", "q")).isPresent();
  }

  @Test
  void shouldReachEverythingAFewAtATime() {
    int queries = 50;
    for (int i = 0; i < queries; i++) {
      store.putQuery("t", "q%02d".formatted(i), at(i));
    }
    store.putQuery("t", "z", at(9_000));

    // One round to meet the newest, one to drop what is old; three entries at a time.
    for (int i = 0; i < 2 * (queries / 3 + 2); i++) {
      store.sweep(WINDOW, 3);
    }

    assertThat(Stream.iterate(0, i -> i + 1).limit(queries))
        .allSatisfy(i -> assertThat(store.query("t", "q%02d".formatted(i))).isEmpty());
    assertThat(store.query("t", "z")).isPresent();
  }

  @Test
  void shouldKnowWhichQueryFeedbackLabelledUntilTheQueryGoes() {
    store.putQuery("t", "old", labelled(at(0), "e1"));
    store.putQuery("t", "e1", at(9_000)); // named like the event
    store.putQuery("u", "other", labelled(at(0), "e1"));

    assertThat(store.labelledBy("t", "e1")).contains("old");
    assertThat(store.labelledBy("t", "e2")).isEmpty();
    assertThat(store.query("t", "old")).contains(labelled(at(0), "e1"));

    sweepTwice();
    assertThat(store.labelledBy("t", "e1")).isEmpty();
    assertThat(store.labelledBy("u", "e1")).contains("other");

    store.removeQueries("u");
    assertThat(store.labelledBy("u", "e1")).isEmpty();
  }

  private static RememberedQuery labelled(RememberedQuery query, String eventId) {
    return new RememberedQuery(
        query.timestampMillis(),
        query.features(),
        query.space(),
        query.text(),
        query.answer(),
        Optional.of(new GivenLabel("blue", eventId)),
        true);
  }

  private void sweepTwice() {
    store.sweep(WINDOW, 100);
    store.sweep(WINDOW, 100);
  }

  private static RememberedQuery at(long timestampMillis) {
    return query(timestampMillis, Optional.of("red"), Optional.of("red"));
  }

  private static RememberedQuery query(
      long timestampMillis, Optional<String> label, Optional<String> initialLabel) {
    return new RememberedQuery(
        timestampMillis,
        FeatureVector.of(new float[] {1, -0f}),
        "encoder@1",
        Optional.of("a text"),
        label.map(
            known ->
                new GivenAnswer(
                    Optional.of(AnswerStatus.PERSONALISED),
                    label,
                    initialLabel,
                    0.5f,
                    Optional.empty())));
  }
}
