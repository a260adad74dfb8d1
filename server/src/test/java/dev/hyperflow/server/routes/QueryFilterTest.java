package dev.hyperflow.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.server.http.Calls;
import dev.hyperflow.server.http.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class QueryFilterTest {
  private static final long NOW = 1_000_000;
  private static final long WINDOW = 60_000;
  private static final Map<String, RememberedQuery> QUERIES = queries();

  private static Map<String, RememberedQuery> queries() {
    Map<String, RememberedQuery> queries = new LinkedHashMap<>();
    queries.put("agreed", query(NOW, answer(AnswerStatus.PERSONALISED, "red", "red")));
    queries.put("changed", query(NOW - 5_000, answer(AnswerStatus.COLD_START, "red", "blue")));
    queries.put("none", query(NOW - 9_000, answer(AnswerStatus.NONE_OF_THESE, "blue", "blue")));
    queries.put("unlabelled", query(NOW, answer(AnswerStatus.NO_LABELS, null, null)));
    queries.put("failed", query(NOW, null));
    queries.put("edge", query(NOW - WINDOW, answer(AnswerStatus.PERSONALISED, "red", "red")));
    queries.put("old", query(NOW - WINDOW - 1, answer(AnswerStatus.PERSONALISED, "red", "red")));
    queries.put("earlier", query(NOW, answer(null, "green", "red")));
    queries.put("labelled", labelled(answer(AnswerStatus.PERSONALISED, "red", "red")));
    return queries;
  }

  private static GivenAnswer answer(AnswerStatus status, String label, String initialLabel) {
    return new GivenAnswer(
        Optional.ofNullable(status),
        Optional.ofNullable(label),
        Optional.ofNullable(initialLabel),
        0.5f,
        Optional.empty());
  }

  private static RememberedQuery query(long timestampMillis, GivenAnswer answer) {
    return new RememberedQuery(
        timestampMillis,
        FeatureVector.of(new float[] {1}),
        "",
        timestampMillis == NOW ? Optional.of("Große Karte") : Optional.empty(),
        Optional.ofNullable(answer));
  }

  private static RememberedQuery labelled(GivenAnswer answer) {
    RememberedQuery query = query(NOW, answer);
    return new RememberedQuery(
        NOW,
        query.features(),
        "",
        query.text(),
        query.answer(),
        Optional.of(new GivenLabel("red", "e")),
        true);
  }

  private static List<String> matching(Map<String, String> parameters) {
    Predicate<RememberedQuery> filter =
        QueryFilter.of(Calls.with(parameters), ShownTexts.of(true, true), NOW, WINDOW);
    return QUERIES.entrySet().stream()
        .filter(entry -> filter.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void shouldShowAnswersThatMayStillGetALabel() {
    assertThat(matching(Map.of()))
        .containsExactly("agreed", "changed", "none", "unlabelled", "edge", "earlier");
  }

  @Test
  void shouldShowWhatAdaptationChangedAndWhatFitsNoLabel() {
    assertThat(matching(Map.of("filter", "disagreements"))).containsExactly("changed", "earlier");
    assertThat(matching(Map.of("filter", "none-of-these"))).containsExactly("none");
    assertThat(matching(Map.of("filter", "no-labels"))).containsExactly("unlabelled");
  }

  @Test
  void shouldShowWhatHasALabelWhenAsked() {
    assertThat(matching(Map.of("feedback", "given"))).containsExactly("labelled");
    assertThat(matching(Map.of("feedback", "any"))).contains("labelled", "agreed").hasSize(7);
  }

  @Test
  void shouldShowOneLabelATextAndAnAge() {
    assertThat(matching(Map.of("label", "blue"))).containsExactly("none");
    assertThat(matching(Map.of("text", "GROSSE"))).isEmpty();
    assertThat(matching(Map.of("text", "GROßE k", "filter", "no-labels")))
        .containsExactly("unlabelled");
    assertThat(matching(Map.of("max-age", "5"))).contains("changed").doesNotContain("none");
    assertThat(matching(Map.of("max-age", "2147483647"))).contains("edge").doesNotContain("old");
  }

  @Test
  void shouldSearchNoTextsForSomebodyWhoMayNotReadThem() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(
            () ->
                QueryFilter.of(
                    Calls.with(Map.of("text", "k")), ShownTexts.of(false, true), NOW, WINDOW))
        .withMessageContaining("text: expected a token of scope WRITE");
  }
}
